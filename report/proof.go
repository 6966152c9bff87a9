package report

import (
	"bytes"
	"fmt"
	"strconv"
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
	var text strings.Builder
	var world []string
	for _, p := range syntax.Parse(source.NewFile("proof.yaml", r.Proof), syntax.YAML)[0].Root.Pairs {
		if !isExpectation(p) {
			world = append(world, p.Key.Text.Value+": "+syntax.Inline(p.Value, syntax.YAML))
		}
	}
	if world != nil {
		fmt.Fprintf(&text, "given  %s\n", strings.Join(world, ", "))
	}
	for _, one := range []struct{ key, program string }{{"bad", r.Bad}, {"good", r.Good}} {
		c, _ := ProofCase(r, one.key, one.program)
		fmt.Fprintf(&text, "%-6s %s\n", one.key, story(c))
	}
	b.WriteString("## When it runs\n\n")
	fence(b, "text", text.String())
}

// isExpectation reports whether an entry of a proof is what is expected of one of the rule's programs. The others are the
// world in which both are run.
func isExpectation(p syntax.Pair) bool {
	return p.Key.Text.Value == "bad" || p.Key.Text.Value == "good"
}

// ProofCase is the proof of a rule about one of its programs: what is expected stands under key.
func ProofCase(r *rules.Rule, key, text string) (*scenario.Case, []source.Note) {
	f := source.NewFile("proof.yaml", r.Proof)
	given := syntax.Parse(f, syntax.YAML)[0].Root
	root := syntax.Parse(source.NewFile(key, text), r.Lang())[0].Root
	c := &syntax.Node{Kind: syntax.Map, Span: given.Span, Pairs: []syntax.Pair{syntax.NewPair("program", root)}}
	for _, p := range given.Pairs {
		if p.Key.Text.Value == key {
			c.Pairs = append(c.Pairs, syntax.NewPair("expect", p.Value))
		} else if !isExpectation(p) {
			c.Pairs = append(c.Pairs, p)
		}
	}
	return scenario.ReadCase(f, c, program.Newest)
}

// story is a run in one line: the steps with what came of them, the end, and what models or tools got if that is what
// is expected.
func story(c *scenario.Case) string {
	if rejected := c.Subject.Rejected; len(rejected) > 0 {
		return Visible("refused by the machine: " + rejected[0].Message)
	}
	res := c.Run()
	var steps []string
	for _, e := range res.Events {
		steps = append(steps, shown(e))
	}
	const most = 8
	if len(steps) > most {
		steps = append(append(steps[:most:most], "…"), steps[len(steps)-1])
	}
	last := res.Runs[len(res.Runs)-1]
	get := func(key string) value.Value { v, _ := last.Get(key); return v }
	end := value.Str(get("status"))
	if err := get("error"); !err.IsNone() {
		end += ": " + value.Str(err)
	} else if output := get("final_output"); !isNothing(output) {
		end += ", output " + shortJSON(output)
	}
	end += listed("calls", c.Expect.Get("calls") != nil, res.Calls, func(tool, args value.Value) string {
		var all []string
		for _, p := range args.Pairs() {
			all = append(all, p.Key+"="+shortJSON(p.Value))
		}
		return tool.Text() + "(" + strings.Join(all, ", ") + ")"
	})
	end += listed("asks", c.Expect.Get("prompts") != nil, res.Prompts, func(step, prompt value.Value) string {
		return step.Text() + " " + shortJSON(prompt)
	})
	return Visible(strings.Join(append(steps, end), " → "))
}

// listed is what was sent, behind the end of a run, if it is to be shown.
func listed(verb string, wanted bool, sent value.Value, show func(to, what value.Value) string) string {
	if !wanted {
		return ""
	}
	var all []string
	for _, pair := range sent.Items() {
		all = append(all, show(pair.Items()[0], pair.Items()[1]))
	}
	if all == nil {
		all = []string{"nothing"}
	}
	return "; " + verb + " " + strings.Join(all, ", ")
}

// shown is a step with what came of it, shortly: nothing if it has put out nothing, or if it has failed, for then the
// end of the run says it.
func shown(e runtime.Event) string {
	rec := e.Records[len(e.Records)-1]
	text := rec.ID
	if strings.TrimSpace(text) == "" {
		text = strconv.Quote(text)
	}
	switch {
	case e.Outcome == program.Done && !isNothing(rec.Output):
		text += " " + shortJSON(rec.Output)
	case e.Outcome != program.Done && e.Outcome != program.Failed:
		text += " " + e.Outcome.String()
	}
	switch rec.Retries {
	case 0:
	case 1:
		text += " after 1 retry"
	default:
		text += fmt.Sprintf(" after %d retries", rec.Retries)
	}
	return text
}

// isNothing reports whether a value is what tools and models answer that are not scripted.
func isNothing(v value.Value) bool { return v.IsNone() || v.Kind() == value.String && v.Text() == "" }
