package lsp

import (
	"maps"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// offerTargets is the steps that a field can name: those behind it first, for that is where most go.
func (p *probe) offerTargets() []offer {
	choice := p.choose(len(p.program.Steps), p.head)
	here := p.topStep()
	for pass := range 2 {
		for _, s := range p.program.Steps {
			if s.ID() == "" || s.ID() == probeWord || s == here || (s.Index > here.Index) != (pass == 0) {
				continue
			}
			if !choice.add(s.ID(), func() offer {
				return offer{label: s.ID(), kind: protocol.CompletionItemKindReference, text: p.spell(s.ID())}
			}) {
				break
			}
		}
	}
	all := choice.offers(p)
	f := roughFlow(p.found)
	for i := range all {
		s := p.program.Lookup(all[i].label)
		all[i].detail = strings.TrimSuffix(s.Kind.String()+" · "+shortened(detail(s)), " · ")
		if i < mostDescribed {
			all[i].doc = f.describeStep(s)
		}
	}
	return all
}

// mostDescribed is how many of many offers come with a description: who looks at one sees only a few.
const mostDescribed = 50

// offerValues is the words that a field may hold, written by begun if a member of an enumeration is; see memberBegun.
func (p *probe) offerValues(o validator.Options, begun func(value string) string) []offer {
	if p.field == "tool" {
		return p.offerTools(o.Declared)
	}
	if p.field == "output_key" {
		return p.offerInputs()
	}
	f, ok := schema.StepField(p.field)
	if !ok || len(p.args) > 0 || p.item {
		return nil
	}
	var all []offer
	for _, v := range f.Values {
		if p.field == "type" && p.step.Parent != nil && v.Name != program.LLM.String() && v.Name != program.Tool.String() {
			continue
		}
		text := p.spell(v.Name)
		if begun != nil {
			text = begun(v.Name)
		} else if member := p.member(p.field, v.Name); member != "" && p.isBare() {
			text = member
		}
		all = append(all, offer{label: v.Name, kind: protocol.CompletionItemKindEnumMember, doc: v.Description, text: text})
	}
	if f.Type == schema.Boolean && p.isBare() {
		all = append(all, offer{label: p.boolean(true), kind: protocol.CompletionItemKindValue}, offer{label: p.boolean(false), kind: protocol.CompletionItemKindValue})
	}
	if p.field == "on_timeout" {
		for _, word := range []string{"fail", "fallback"} {
			if !slices.ContainsFunc(all, func(o offer) bool { return o.label == word }) {
				all = append(all, offer{label: word, kind: protocol.CompletionItemKindEnumMember, text: p.spell(word)})
			}
		}
	}
	return all
}

// offerTools is the tools that are declared, and those that steps of the program call if these are not all.
func (p *probe) offerTools(d rules.Declared) []offer {
	calls := p.program.Tools()
	choice := p.choose(len(d.Tools)+len(calls), p.head)
	for _, name := range slices.Sorted(maps.Keys(d.Tools)) {
		choice.add(name, func() offer {
			return offer{label: name, kind: protocol.CompletionItemKindFunction, text: p.spell(name), detail: callText(name, d.Tools[name].Input)}
		})
	}
	for _, call := range calls {
		if _, declared := d.Tools[call.Tool]; call.Tool != probeWord && !declared && !d.AllTools {
			choice.add(call.Tool, func() offer {
				return offer{
					label: call.Tool, kind: protocol.CompletionItemKindFunction, text: p.spell(call.Tool),
					detail: "called by " + strings.Join(idsOf(firstFew(call.Steps)), ", "),
				}
			})
		}
	}
	return choice.offers(p)
}

// firstFew is the first of many steps.
func firstFew(steps []*program.Step) []*program.Step { return steps[:min(len(steps), 3)] }

// offerArguments is the arguments that the same tool is declared to take, those first that it needs, and that other
// steps pass to it.
func (p *probe) offerArguments(m *syntax.Node, d rules.Declared) []offer {
	if p.step.Tool == nil {
		return nil
	}
	var all []offer
	tool := p.step.Tool.Text.Value
	declared := parametersOf(d.Tools[tool].Input)
	slices.SortStableFunc(declared, func(a, b parameter) int { return b.rank() - a.rank() })
	for _, a := range declared {
		if m.Get(a.name) == nil {
			all = append(all, offer{
				label: a.name, kind: protocol.CompletionItemKindProperty, detail: a.detail(tool), doc: a.about, text: p.argumentText(a.name),
			})
		}
	}
	for _, call := range p.program.Tools() {
		if call.Tool != p.step.Tool.Text.Value {
			continue
		}
		for _, arg := range call.Arguments {
			isDeclared := slices.ContainsFunc(declared, func(a parameter) bool { return a.name == arg })
			if arg == probeWord || m.Get(arg) != nil || isDeclared {
				continue
			}
			all = append(all, offer{
				label: arg, kind: protocol.CompletionItemKindProperty, detail: "argument of " + call.Tool, text: p.argumentText(arg),
			})
		}
	}
	return all
}

// offerInputs is the names that the program reads and nothing in it writes: a key may be what they wait for.
func (p *probe) offerInputs() []offer {
	inputs := p.program.Inputs(nil)
	choice := p.choose(len(inputs), p.head)
	for _, in := range inputs {
		choice.add(in.Name, func() offer {
			return offer{
				label: in.Name, kind: protocol.CompletionItemKindVariable, text: p.spell(in.Name),
				detail: "read by " + in.Uses[0].Step.ID() + ", and written by no step",
			}
		})
	}
	return choice.offers(p)
}
