package report

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator/rules"
	"github.com/nanolint/nanolint/value"
)

// proof writes what comes of the bad and of the good program of a rule when they are run.
func proof(b *bytes.Buffer, r *rules.Rule) {
	if r.Proof == "" {
		return
	}
	given := syntax.Parse(source.NewFile("proof.yaml", r.Proof), syntax.YAML)[0].Root
	var text strings.Builder
	var world []string
	for _, p := range given.Pairs {
		if key := p.Key.Text.Value; key != "bad" && key != "good" {
			world = append(world, key+": "+syntax.Inline(p.Value, syntax.YAML))
		}
	}
	if world != nil {
		fmt.Fprintf(&text, "given  %s\n", strings.Join(world, ", "))
	}
	for _, one := range []struct{ key, program string }{{"bad", r.Bad}, {"good", r.Good}} {
		c, notes := ProofCase(r, one.key, one.program)
		if len(notes) > 0 || c.Subject.Machine == nil {
			fmt.Fprintf(&text, "%-6s the machine refuses to construct it\n", one.key)
			continue
		}
		fmt.Fprintf(&text, "%-6s %s\n", one.key, story(c))
	}
	b.WriteString("## When it runs\n\n")
	fence(b, "text", text.String())
}

// ProofCase is the proof of a rule about one of its programs: what is expected stands under key.
func ProofCase(r *rules.Rule, key, text string) (*scenario.Case, []source.Note) {
	lang := syntax.YAML
	if r.Only == rules.OnlyJSON {
		lang = syntax.JSON
	}
	root := syntax.Parse(source.NewFile(key, text), lang)[0].Root
	return scenario.Compose(source.NewFile("proof.yaml", r.Proof), key, root, program.Newest)
}

// story is a run in one line: the steps with what came of them, and the end.
func story(c *scenario.Case) string {
	res := c.Run()
	var steps []string
	for _, e := range res.Events {
		rec := e.Records[len(e.Records)-1]
		steps = append(steps, rec.ID+" "+outcomeOf(e, &rec))
	}
	last := res.Runs[len(res.Runs)-1]
	get := func(key string) value.Value { v, _ := last.Get(key); return v }
	end := value.Str(get("status"))
	switch {
	case !get("error").IsNone():
		end += ": " + value.Str(get("error"))
	case get("status").Text() == string(runtime.Success):
		end += ", output " + shortJSON(get("final_output"))
	}
	if c.Expect.Get("calls") != nil {
		var calls []string
		for _, call := range res.Calls.Items() {
			var args []string
			for _, p := range call.Items()[1].Pairs() {
				args = append(args, p.Key+"="+shortJSON(p.Value))
			}
			calls = append(calls, call.Items()[0].Text()+"("+strings.Join(args, ", ")+")")
		}
		end += "; calls " + strings.Join(calls, ", ")
	}
	const most = 8
	if len(steps) > most {
		steps = append(append(steps[:most:most], "…"), steps[len(steps)-1])
	}
	return Visible(strings.Join(steps, " → ") + " → " + end)
}

// outcomeOf is what came of a step, shortly.
func outcomeOf(e runtime.Event, rec *runtime.Record) string {
	if e.Outcome == program.Done {
		return shortJSON(rec.Output)
	}
	return e.Outcome.String()
}
