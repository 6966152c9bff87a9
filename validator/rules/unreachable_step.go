package rules

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
)

var _ = rule(Rule{
	ID: "NL104", Name: "unreachable-step", Severity: source.Error,
	Dead: true,
	Doc: `
A step can never run, whatever the other steps return.

Control comes to a step from the one listed before it, through a ` + "`next_step`" + `, or as a branch of a
condition, and none of these leads here. A condition never falls through to the step listed after it, a
step with ` + "`is_terminal`" + ` ends the program, and there is no start field: the first step of the list
runs first. A run that a tool suspends by answering PENDING is resumed at the step listed after it; that counts where a tool is known
to do so, because it is declared or because ` + "`$__webhook__`" + ` is read behind it.

Let a step that runs name it, move it, or delete it.
`,
	Bad: `
steps:
  - {id: check, type: tool, tool: check_stock}
  - {id: in_stock, type: condition, condition: $check.output == 'yes', then: sell, otherwise: reject}
  - {id: sell, type: tool, tool: sell, is_terminal: true}
  - {id: reject, type: tool, tool: apologise, is_terminal: true}
  - {id: audit, type: tool, tool: write_audit_log}
`,
	Good: `
steps:
  - {id: check, type: tool, tool: check_stock}
  - {id: in_stock, type: condition, condition: $check.output == 'yes', then: sell, otherwise: reject}
  - {id: sell, type: tool, tool: sell, next_step: audit}
  - {id: reject, type: tool, tool: apologise, next_step: audit}
  - {id: audit, type: tool, tool: write_audit_log}
`,
	Proof: `
tools: {check_stock: "yes"}
bad: {path: [check, in_stock, sell]}
good: {path: [check, in_stock, sell, audit]}
`,
	More: []Example{
		{Name: "The first step of the list ends the program", Reported: true, Program: `
steps:
  - {id: reject, type: tool, tool: refuse, is_terminal: true}
  - {id: ask, type: llm, prompt: Answer refund or other, allowed_outputs: [refund, other]}
  - {id: gate, type: condition, condition: $ask.output == 'refund', then: pay, otherwise: reject}
  - {id: pay, type: tool, tool: pay, is_terminal: true}
`},
		{Name: "Two steps that only name each other", Reported: true, Program: `
max_steps: 20
steps:
  - {id: fetch, type: tool, tool: fetch, is_terminal: true}
  - {id: ping, type: tool, tool: ping, next_step: pong}
  - {id: pong, type: tool, tool: pong, next_step: ping}
`},
		{Name: "Reached only when the step before it suspends and is resumed", Reported: true, Program: `
steps:
  - {id: ask, type: tool, tool: ask_manager, next_step: pay}
  - {id: thank, type: tool, tool: thank_manager}
  - {id: pay, type: tool, tool: pay}
`},
	},
	Run: func(p *Pass) {
		dead := p.deadSteps()
		if len(dead) == 0 || p.unreadable() {
			return
		}
		meant, suspended, stuck := p.asMeant(), p.suspensions(), p.behindStuckBlocks()
		for _, island := range p.islands(dead) {
			if island[0].ID() == "" {
				continue // nothing can name it yet, and that it has no id is told
			}
			if !meant.Reachable(island[0]) && !stuck[island[0]] {
				p.reportIsland(island, suspended[island[0].Index])
			}
		}
	},
})

// asMeant is the graph in which every mistake that has a rule of its own is put right: what is unreachable
// only because of one of them is not worth a second word.
func (p *Pass) asMeant() *graphcheck.Graph {
	spell := spelling.New()
	meant := func(e graphcheck.Edge) program.State {
		from := p.step(e.From)
		switch {
		case e.Why == program.NoSuchStep:
			if meant, ok := spell.Nearest(e.Via.Name(), p.Program.IDs); ok {
				return program.State{Step: p.Program.Lookup(meant).Index}
			}
		case e.Why == program.Terminal && e.On == program.True && from.Then.To != nil:
			return program.State{Step: from.Then.To.Index}
		case e.Why == program.Terminal && e.On == program.False && from.Otherwise.To != nil:
			return program.State{Step: from.Otherwise.To.Index}
		case e.On != program.Failed && e.On != program.Pending && from.NextStep.To != nil:
			return program.State{Step: from.NextStep.To.Index}
		}
		return p.flowsOn(e)
	}
	return graphcheck.BuildAs(p.Program, func(e graphcheck.Edge) [2]program.State {
		return [...]program.State{graphcheck.Unsuspended(e)[0], meant(e)}
	})
}

// behindStuckBlocks are the steps that would follow on a parallel block that lets no sub-step begin, which has a rule of its
// own.
func (p *Pass) behindStuckBlocks() map[*program.Step]bool {
	behind := map[*program.Step]bool{}
	for _, block := range p.Program.Steps {
		at := program.State{Step: block.Index}
		if block.Kind != program.Parallel || slices.Contains(p.Program.Outcomes(at), program.Done) {
			continue
		}
		for _, entry := range [...]program.Entry{program.Sequential, program.Inline} {
			at.Entry = entry
			if to := p.Program.Next(at, program.Done).To; to != program.Nowhere {
				behind[p.step(to)] = true
			}
		}
	}
	return behind
}

// islands sorts dead steps into groups: first a step that no other group leads to, then all those that
// would follow if it ran.
func (p *Pass) islands(dead []*program.Step) [][]*program.Step {
	number := make(map[*program.Step]int, len(dead)) // of the island of each dead step
	var roots []*program.Step
	var into []int // into[n] is n, or the later island that turned out to lead to n
	seen := make(map[program.State]bool, len(dead))
	for _, root := range dead {
		if _, known := number[root]; known {
			continue
		}
		n := len(roots)
		roots, into = append(roots, root), append(into, n)
		p.explore(root, seen, func(s *program.Step) bool {
			of, known := number[s]
			if known && of != n && roots[of] == s {
				into[of] = n
			}
			if !known {
				number[s] = n
			}
			return !known || of == n
		})
	}
	for n := len(into) - 1; n >= 0; n-- {
		into[n] = into[into[n]] // an island becomes part of later ones only, and those are settled
	}
	groups := make([][]*program.Step, len(roots))
	for n, root := range roots {
		if into[n] == n {
			groups[n] = []*program.Step{root}
		}
	}
	for _, s := range dead {
		if n := into[number[s]]; s != roots[n] {
			groups[n] = append(groups[n], s)
		}
	}
	return slices.DeleteFunc(groups, func(g []*program.Step) bool { return g == nil })
}

// explore calls visit for from and the dead steps that would follow if it ran, as long as visit says so.
func (p *Pass) explore(from *program.Step, seen map[program.State]bool, visit func(*program.Step) bool) {
	var stack []program.State
	push := func(s program.State) {
		if seen[s] || p.Graph.Reaches(s) {
			return
		}
		seen[s] = true
		if step := p.step(s); p.Graph.Reachable(step) || visit(step) {
			stack = append(stack, s)
		}
	}
	push(program.State{Step: from.Index})
	for len(stack) > 0 {
		s := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for _, o := range p.Program.Outcomes(s) {
			if m := p.Program.Next(s, o); m.To != program.Nowhere && m.Halt == program.Running && m.Why != program.Restart {
				push(m.To)
			}
		}
	}
}

func (p *Pass) reportIsland(island []*program.Step, suspended *program.Step) {
	root, others := island[0], island[1:]
	d := source.Diagnostic{Note: source.Note{Span: root.Place()}}
	when := "never runs"
	if suspended != nil {
		when = fmt.Sprintf("runs only if %s suspends and is resumed", quote(suspended.ID()))
		if suspended.NextStep.Named() && !suspended.Terminal {
			d.Severity = source.Warning // the step may stand there for just that
		}
	}
	d.Message = fmt.Sprintf("%s %s: %s", quote(root.ID()), when, p.whyDead(root))
	if len(others) > 0 {
		d.Message += "; the same goes for " + list(quoteIDs(others)) + " behind it"
	}
	for _, s := range others {
		d.Related = append(d.Related, source.Note{Span: s.Place(), Message: "runs only behind it"})
	}
	p.Report(d)
}

// suspensions are, by number, the steps that run only if another suspends, and that other one.
func (p *Pass) suspensions() []*program.Step {
	full := graphcheck.Build(p.Program)
	before := make(map[program.State]*program.Step) // on the way to a state, the first step that suspends
	by := make([]*program.Step, len(p.Program.Steps))
	for _, s := range full.States {
		e, ok := full.Via(s)
		if !ok {
			continue
		}
		first := before[e.From]
		if first == nil && e.Halt == program.Suspended {
			first = p.step(e.From)
		}
		if first != nil {
			before[s] = first
			by[s.Step] = cmp.Or(by[s.Step], first)
		}
	}
	return by
}

// whyDead says why control does not come from the step listed before, and that nothing else leads here.
func (p *Pass) whyDead(s *program.Step) string {
	before := p.Program.Steps[s.Index-1] // the first step always runs
	name := quote(before.ID())
	switch {
	case !p.Graph.Reachable(before):
		return "no step that runs leads to it"
	case before.Kind == program.Condition:
		return "no branch names it, and a condition never falls through to the step after it"
	case before.Terminal:
		return fmt.Sprintf("%s before it ends the program", name)
	case before.NextStep.To != nil:
		return fmt.Sprintf("%s before it goes on to %s", name, quote(before.NextStep.Name()))
	case !p.Entered(before, program.Sequential):
		return fmt.Sprintf("%s before it is a branch and ends the program", name)
	}
	return fmt.Sprintf("%s before it never succeeds", name)
}
