package rules

import (
	"fmt"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL310", Name: "overwritten-output-key", Severity: source.Warning, Needs: Conditions | Texts,
	Doc: `
An output_key has the name of another output, so that a variable does not read what it seems to.

Where two steps write the same output_key, the later one replaces the value without a word: if nothing has read it
until then, it is lost. Where an output_key is also the id of another step, prompts and arguments read the output of
that step and conditions read the key, under one name.

Give each output a name of its own. Two branches of which only one runs may well share an output_key.
`,
	Bad: `
steps:
  - {id: customer, type: tool, tool: load_customer, output_key: record}
  - {id: order, type: tool, tool: load_order, output_key: record}
  - {id: answer, type: llm, prompt: Answer $mail. The customer is $record}
`,
	Good: `
steps:
  - {id: customer, type: tool, tool: load_customer, output_key: customer_record}
  - {id: order, type: tool, tool: load_order, output_key: order_record}
  - {id: answer, type: llm, prompt: Answer $mail. The customer is $customer_record and ordered $order_record}
`,
	Proof: `
context: {mail: Where is it}
tools: {load_customer: Ann, load_order: 3 chairs}
bad: {prompts: [[answer, Answer Where is it. The customer is 3 chairs]]}
good: {prompts: [[answer, Answer Where is it. The customer is Ann and ordered 3 chairs]]}
`,
	More: []Example{
		{Name: "The id of another step", Reported: true, Program: `
steps:
  - {id: score, type: tool, tool: score}
  - {id: check, type: tool, tool: check, args: {value: $score}, output_key: score}
  - {id: good, type: condition, condition: $score == 'ok', then: publish, otherwise: reject}
  - {id: publish, type: tool, tool: publish, args: {score: $score}, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`},
		{Name: "Branches, a second attempt, and a text that is improved", Program: `
steps:
  - {id: known, type: condition, condition: $cached == 1, then: load, otherwise: compute}
  - {id: load, type: tool, tool: load_price, output_key: price, next_step: offer}
  - {id: compute, type: tool, tool: compute_price, output_key: price, next_step: enough}
  - {id: enough, type: condition, condition: $price > 0, then: offer, otherwise: again}
  - {id: again, type: tool, tool: compute_price, output_key: price, next_step: offer}
  - {id: offer, type: llm, prompt: "Write an offer for $price.", output_key: text}
  - {id: polish, type: llm, prompt: "Polish this: $text", output_key: text}
  - {id: send, type: tool, tool: send, args: {text: $text}}
`},
		{Name: "A default that one branch replaces, and a step that may be skipped", Program: `
steps:
  - {id: usual, type: tool, tool: usual_rate, output_key: rate}
  - {id: vip, type: condition, condition: $vip == 1, then: special, otherwise: bill}
  - {id: special, type: tool, tool: special_rate, output_key: rate, on_error: skip, next_step: bill}
  - {id: bill, type: tool, tool: bill, args: {rate: $rate}, is_terminal: true}
`},
		{Name: "A key that is the id of its own step", Program: `
steps:
  - {id: score, type: tool, tool: score, output_key: score}
  - {id: good, type: condition, condition: $score == 'ok', then: publish, otherwise: reject}
  - {id: publish, type: tool, tool: publish, args: {score: $score}, is_terminal: true}
  - {id: reject, type: tool, tool: reject, is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		if !p.IsProgram || !p.hasSharedKeys() {
			return
		}
		readers := p.readersOfNames()
		budget := maxRunTogether
		for _, s := range p.Program.Steps {
			if s.OutputKey == nil || s.OutputKey.Kind != syntax.String || s.OutputKey.Text.Value == "" {
				continue
			}
			name := s.OutputKey.Text.Value
			switch other := p.stepOfName(name); {
			case readers[name] == nil:
			case other != nil && other != s && s.ID() != name && p.runTogether(s, topOf(other), &budget):
				p.reportAmbiguous(s, other, readers[name].uses)
			case other == nil && len(p.scope().keys[name]) > 1 && readers[s.ID()] == nil:
				if by := p.lostTo(s, readers[name].steps, &budget); by != nil {
					p.reportLost(s, by)
				}
			}
		}
	},
})

// hasSharedKeys reports whether an output_key has the name of anything else.
func (p *Pass) hasSharedKeys() bool {
	s := p.scope()
	for name, writers := range s.keys {
		if len(writers) > 1 || s.isOutput(name) {
			return true
		}
	}
	return false
}

// reading is what reads a name.
type reading struct {
	uses  []*program.Use
	steps map[*program.Step]bool // of the list
}

// readersOfNames are the variables by their names. Those in lists and objects read nothing.
func (p *Pass) readersOfNames() map[string]*reading {
	readers := map[string]*reading{}
	p.uses(func(u *program.Use) {
		if name := u.Path.Root().Name; u.Site != program.InNested && p.scope().isWritten(name) {
			if readers[name] == nil {
				readers[name] = &reading{steps: map[*program.Step]bool{}}
			}
			r := readers[name]
			r.uses = append(r.uses, u)
			r.steps[topOf(u.Step)] = true
		}
	})
	return readers
}

// stepOfName is the step or sub-step with that id.
func (p *Pass) stepOfName(name string) *program.Step {
	if s := p.Program.Lookup(name); s != nil {
		return s
	}
	return p.Program.SubStep(name)
}

// topOf is the step of the list that a step is or stands in.
func topOf(s *program.Step) *program.Step {
	for s.Parent != nil {
		s = s.Parent
	}
	return s
}

// maxLost bounds how far the search for what replaces one value goes, in states.
const maxLost = 1000

// lostTo is a step that replaces what s wrote under its output_key before anything can have read it, whatever
// way the run takes; nil if some way leads to a reader.
func (p *Pass) lostTo(s *program.Step, reads map[*program.Step]bool, budget *int) (by *program.Step) {
	key := s.OutputKey.Text.Value
	seen := map[program.State]bool{}
	var queue []program.State
	for _, e := range p.Graph.Entries(s) {
		queue = append(queue, program.State{Step: s.Index, Entry: e})
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, e := range p.Graph.From(queue[0]) {
			if *budget--; *budget < 0 || len(seen) > maxLost {
				return nil
			}
			if e.To == program.Nowhere || seen[e.To] {
				continue
			}
			seen[e.To] = true
			to := p.step(e.To)
			if reads[to] {
				return nil
			}
			if to.OutputKey == nil || !to.OutputKey.IsString(key) || to == s {
				queue = append(queue, e.To)
				continue
			}
			if to.OnError != program.Fail && to.OnError != program.Retry || to.Kind == program.Tool && p.mayWait(to) {
				return nil // it may leave the value as it is
			}
			by = to
		}
	}
	return by
}

// mayWait reports whether a tool step seems to suspend the run: what the run was sent is read somewhere, and no
// step that suspends has an output.
func (p *Pass) mayWait(*program.Step) bool { return p.scope().isRead(program.Webhook) }

func (p *Pass) reportLost(s, by *program.Step) {
	p.Report(source.Diagnostic{
		Note: source.Note{
			Span: s.OutputKey.Span,
			Message: fmt.Sprintf("the output_key %s of %s is replaced by %s before anything reads it: give it a name of its own",
				quote(s.OutputKey.Text.Value), describe(s), describe(by)),
		},
		Related: []source.Note{{Span: by.OutputKey.Span, Message: "replaces the value"}},
	})
}

func (p *Pass) reportAmbiguous(s, other *program.Step, readers []*program.Use) {
	d := source.Diagnostic{
		Note: source.Note{
			Span: s.OutputKey.Span,
			Message: fmt.Sprintf("the output_key %s of %s is also the id of %s, which prompts and arguments read under that name, while conditions read the key: rename it",
				quote(s.OutputKey.Text.Value), describe(s), describe(other)),
		},
	}
	const most = 5
	for _, u := range readers[:min(len(readers), most)] {
		reads := "reads the output of " + describe(other)
		if u.Site == program.InCondition {
			reads = "reads what " + describe(s) + " wrote"
		}
		d.Related = append(d.Related, source.Note{Span: u.Span, Message: reads})
	}
	p.Report(d)
}
