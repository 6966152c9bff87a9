package program_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// A program with one step written anew mentions the names that the same text mentions when it is read as a whole.
func TestNamesWithAnotherStep(t *testing.T) {
	read := func(steps ...string) *program.Program {
		f := source.NewFile("", `{"steps": [`+strings.Join(steps, ", ")+`]}`)
		return program.Decode(syntax.Parse(f, syntax.JSON)[0].Root, program.Newest)
	}
	step := func(i, kind int) string {
		return fmt.Sprintf([]string{
			`{"id": "s%[1]d", "type": "tool", "tool": "t", "args": {"a": "$in_%[1]d", "b": "$k_%[2]d"}, "output_key": "k_%[1]d"}`,
			`{"id": "s%[1]d", "type": "parallel", "parallel_steps": [{"id": "sub", "type": "tool", "tool": "t", "args": {"a": "$in_1", "b": "$in_2"}}, {"id": "sub_%[1]d", "type": "llm", "prompt": "$sub_%[2]d and $s%[2]d"}]}`,
			`{"id": "s%[1]d", "type": "condition", "condition": "$in_%[2]d == $k_%[1]d and $sub", "then": "s0"}`,
		}[kind], i, (i+1)%3)
	}
	names := func(p *program.Program) (all []string) {
		for w := range p.Written {
			all = append(all, fmt.Sprint(w))
		}
		for _, in := range p.Inputs(nil) {
			all = append(all, fmt.Sprint(in.Name, len(in.Uses), in.Uses[0].Step.ID()))
		}
		for _, id := range []string{"sub", "sub_0", "sub_1", "sub_2", "s0"} {
			if s := p.SubStep(id); s != nil {
				all = append(all, id+" in "+s.Parent.ID())
			}
		}
		return all
	}
	for n := range 81 {
		steps := []string{step(0, n%3), step(1, n/3%3), step(2, n/9%3)}
		for k := range steps {
			whole := read(steps...)
			names(whole)
			another := slices.Clone(steps)
			another[k] = step(k, n/27)
			alone := read(another[k])
			with, ok := whole.WithStep(k, alone.Steps[0], alone.Root)
			if !ok {
				t.Fatalf("%s is refused", another[k])
			}
			if got, want := names(with), names(read(another...)); !reflect.DeepEqual(got, want) {
				t.Errorf("%s\nwith %s instead:\n%v\nwant\n%v", steps, another[k], got, want)
			}
		}
	}
}
