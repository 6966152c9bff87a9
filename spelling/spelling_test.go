package spelling_test

import (
	"slices"
	"testing"

	"github.com/nanolint/nanolint/spelling"
)

func TestNearest(t *testing.T) {
	for _, c := range []struct {
		word  string
		among []string
		want  string
	}{
		{"nxt_step", []string{"then", "next_step"}, "next_step"},
		{"MaxSteps", []string{"max_tokens", "max_steps"}, "max_steps"},
		{"step1", []string{"step2", "step3"}, ""},
		{"id", []string{"is", "it"}, ""},
		{"refund", []string{"approve"}, ""},
	} {
		if got, found := spelling.New().Nearest(c.word, slices.Values(c.among)); got != c.want && found || found != (c.want != "") {
			t.Errorf("nearest to %q among %q is %q, %v; want %q", c.word, c.among, got, found, c.want)
		}
	}
}
