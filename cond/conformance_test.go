package cond_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

// state is a State of two dicts.
type state struct{ outputs, data map[string]value.Value }

func (s state) Output(id string) (value.Value, bool) { v, ok := s.outputs[id]; return v, ok }
func (s state) Data(name string) (value.Value, bool) { v, ok := s.data[name]; return v, ok }

// newState is a state of the data of a dict, or of none.
func newState(data value.Value) state {
	s := state{map[string]value.Value{}, map[string]value.Value{}}
	if data.Kind() == value.Dict {
		for _, p := range data.Pairs() {
			s.data[p.Key] = p.Value
		}
	}
	return s
}

func text(s string) source.Text { return source.VerbatimText(s, source.Span{End: len(s)}) }

// at is what lies under keys, one inside the other; None if it is not there.
func at(v value.Value, keys ...string) value.Value {
	for _, key := range keys {
		v, _ = v.Get(key)
	}
	return v
}

// cases calls f for each line of a file of recorded runs.
func cases(t *testing.T, name string, f func(c value.Value)) (n int) {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		c, err := value.Decode(line)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		f(c)
		n++
	}
	return n
}

// replay runs the top-level tools and conditions of a case one after the other until a condition has
// chosen a branch, and returns the calls with their arguments, and the branch or the error.
func replay(t *testing.T, c value.Value) (calls []value.Value, branch, failure string) {
	s := newState(at(c, "context"))
	called := map[string]int{}
	for _, step := range at(c, "program", "steps").Items() {
		if condition, is := step.Get("condition"); is {
			yes, err := cond.Parse(text(condition.Text())).Eval(s)
			switch {
			case err != nil:
				failure = "VMError: Condition eval error '" + condition.Text() + "': " + err.Error()
			case yes:
				branch = at(step, "then").Text()
			default:
				branch = at(step, "otherwise").Text()
			}
			return calls, branch, failure
		}
		var args []value.Pair
		if given := at(step, "args"); given.Kind() == value.Dict {
			for _, arg := range given.Pairs() {
				if arg.Value.Kind() == value.String {
					arg.Value = cond.ParseTemplate(text(arg.Value.Text())).Render(s)
				}
				args = append(args, arg)
			}
		}
		tool := at(step, "tool")
		calls = append(calls, value.FromItems([]value.Value{tool, value.FromPairs(args)}))
		script := at(c, "tools", tool.Text()).Items()
		returned := at(script[min(called[tool.Text()], len(script)-1)], "return")
		called[tool.Text()]++
		s.outputs[at(step, "id").Text()] = returned
		if key, is := step.Get("output_key"); is {
			s.data[key.Text()] = returned
		}
	}
	return calls, "", ""
}

// record is the recorded result of a step of the first run.
func record(t *testing.T, c value.Value, id string) value.Value {
	for _, step := range at(at(c, "expect", "runs").Items()[0], "steps").Items() {
		if at(step, "id").Text() == id {
			return step
		}
	}
	t.Fatalf("%s: no record of %s", at(c, "name").Text(), id)
	return value.Value{}
}

func TestConditionsAsTheMachine(t *testing.T) {
	n := cases(t, "../testdata/conformance/expr.jsonl", func(c value.Value) {
		_, branch, failure := replay(t, c)
		recorded := record(t, c, "c")
		want, wantFailure := at(recorded, "output"), at(recorded, "error")
		if want.Kind() == value.String && want.Text() != branch || wantFailure.Kind() == value.String && wantFailure.Text() != failure {
			t.Errorf("%s: branch %q, error %q; recorded %s", at(c, "name").Text(), branch, failure, value.Repr(recorded))
		}
		if want.IsNone() == wantFailure.IsNone() {
			t.Errorf("%s: no result recorded", at(c, "name").Text())
		}
	})
	if n != 400 {
		t.Errorf("%d cases", n)
	}
}

func TestArgumentsAsTheMachine(t *testing.T) {
	n := cases(t, "../testdata/conformance/interp.jsonl", func(c value.Value) {
		calls, _, _ := replay(t, c)
		got, want := value.Repr(value.FromItems(calls)), value.Repr(at(c, "expect", "calls"))
		if got != want {
			t.Errorf("%s: calls %s; recorded %s", at(c, "name").Text(), got, want)
		}
	})
	if n != 400 {
		t.Errorf("%d cases", n)
	}
}
