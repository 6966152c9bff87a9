package program_test

import (
	"fmt"
	"testing"

	"github.com/nanolint/nanolint/program"
)

func TestAttempts(t *testing.T) {
	for fields, want := range map[string]int{
		"":                                                       1,
		"max_retries: 5":                                         1,
		"on_error: skip, max_retries: 5":                         1,
		"on_error: retry":                                        3,
		"on_error: retry, max_retries: null":                     3,
		"on_error: retry, max_retries: 5":                        5,
		"on_error: retry, max_retries: ' +7 '":                   7,
		"on_error: retry, max_retries: true":                     1,
		"on_error: retry, max_retries: 0":                        1,
		"on_error: retry, max_retries: -4":                       1,
		"on_error: retry, max_retries: 99999999999999999999999":  1<<31 - 1,
		"on_error: retry, max_retries: -99999999999999999999999": 1,
	} {
		p := decode(t, "steps:\n  - {id: a, type: tool, "+fields+"}\n")
		if got := p.Steps[0].Attempts(); got != want {
			t.Errorf("%s: %d attempts, want %d", fields, got, want)
		}
	}
	p := decode(t, "steps:\n  - {id: a, type: parallel, parallel_steps: [{id: b, type: tool, on_error: retry}]}\n")
	if got := p.Steps[0].Subs[0].Attempts(); got != 1 {
		t.Errorf("a sub-step is tried %d times", got)
	}
}

// 1, 2, 4, 8, 16, 30, 30: 20 attempts sleep 451 seconds, as was measured on the machine.
func TestWaits(t *testing.T) {
	got := ""
	for n := range 7 {
		got += fmt.Sprint(program.Wait(n+1), " ")
	}
	if want := "1 2 4 8 16 30 30 "; got != want {
		t.Errorf("the waits are %s, want %s", got, want)
	}
	sum := 0
	for n := 1; n <= 20; n++ {
		if program.Waits(n) != sum {
			t.Errorf("the waits of %d attempts are %d, want %d", n, program.Waits(n), sum)
		}
		sum += program.Wait(n)
	}
	if program.Waits(20) != 451 {
		t.Errorf("20 attempts wait %d seconds", program.Waits(20))
	}
}
