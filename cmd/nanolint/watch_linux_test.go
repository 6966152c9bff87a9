package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// On a terminal, each check is shown on a clear screen; findings of the one before are gone.
func TestWatchOnTerminal(t *testing.T) {
	dir := t.TempDir()
	const program = "steps: [{id: a, type: tool, tool: t, next_step: NAME}]\n"
	write(t, filepath.Join(dir, "a.yaml"), strings.Replace(program, "NAME", "first", 1))
	user, terminal := openTerminal(t)
	var stderr bytes.Buffer
	c := nanolintIn(t, dir, "check", "--watch", "--format", "concise", "--select", "NL101", "--color", "never", "a.yaml")
	c.Stdout, c.Stderr = terminal, &stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	terminal.Close()
	var seen []byte
	until := func(text string) {
		for buf := make([]byte, 4096); !bytes.Contains(seen, []byte(text)); {
			n, err := user.Read(buf)
			if seen = append(seen, buf[:n]...); err != nil {
				t.Fatalf("%v, after %q", err, seen)
			}
		}
	}
	until(`names "first", which does not exist`)
	write(t, filepath.Join(dir, "a.yaml"), strings.Replace(program, "NAME", "second", 1))
	until(`names "second", which does not exist`)
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait()
	if got := c.ProcessState.ExitCode(); got != statusFound {
		t.Errorf("the exit status is %d\n%s", got, stderr.String())
	}
	_, shown, _ := strings.Cut(string(seen), clearScreen)
	_, shown, again := strings.Cut(shown, clearScreen)
	if want := "a.yaml:1:49: error[NL101] next_step of step \"a\" names \"second\", which does not exist"; !again || !strings.HasPrefix(shown, want) {
		t.Errorf("the screen shows %q, of %q", shown, seen)
	}
}
