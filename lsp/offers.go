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

// spell is a value as it is written at the cursor.
func (p *probe) spell(text string) string {
	if p.bare {
		return syntax.Quote(p.lang, text)
	}
	return text
}

// offerTargets is the steps that a field can name: those behind it first, for that is where most go.
func (p *probe) offerTargets(st *state) []offer {
	var all []offer
	f := newFlow(p.program)
	here := p.topStep()
	for pass := range 2 {
		for _, s := range p.program.Steps {
			if s.ID() == "" || s.ID() == probeWord || s == here || (s.Index > here.Index) != (pass == 0) {
				continue
			}
			all = append(all, offer{
				label: s.ID(), kind: protocol.CompletionItemKindReference, detail: strings.TrimSuffix(s.Kind.String()+" · "+shortened(detail(s)), " · "),
				text: p.spell(s.ID()),
			})
			if len(all) <= mostDescribed {
				all[len(all)-1].doc = f.describeStep(s)
			}
		}
	}
	return all
}

// mostDescribed is how many of many offers come with a description: who looks at one sees only a few.
const mostDescribed = 50

// offerValues is the words that a field may hold.
func (p *probe) offerValues(o validator.Options) []offer {
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
		all = append(all, offer{label: v.Name, kind: protocol.CompletionItemKindEnumMember, doc: v.Description, text: p.spell(v.Name)})
	}
	if f.Type == schema.Boolean && p.bare {
		all = append(all, offer{label: "true", kind: protocol.CompletionItemKindValue}, offer{label: "false", kind: protocol.CompletionItemKindValue})
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
	var all []offer
	for _, name := range slices.Sorted(maps.Keys(d.Tools)) {
		all = append(all, offer{label: name, kind: protocol.CompletionItemKindFunction, text: p.spell(name), detail: callText(name, d.Tools[name].Input)})
	}
	for _, call := range p.program.Signature().Tools {
		if _, declared := d.Tools[call.Tool]; call.Tool != probeWord && !declared && !d.AllTools {
			all = append(all, offer{
				label: call.Tool, kind: protocol.CompletionItemKindFunction, text: p.spell(call.Tool),
				detail: "called by " + strings.Join(idsOf(firstFew(call.Steps)), ", "),
			})
		}
	}
	return all
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
	for _, call := range p.program.Signature().Tools {
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

// argumentText is an argument as it is written at the cursor.
func (p *probe) argumentText(name string) string {
	if p.bare {
		return syntax.Quote(p.lang, name) + ": "
	}
	return name
}

// offerInputs is the names that the program reads and nothing in it writes: a key may be what they wait for.
func (p *probe) offerInputs() []offer {
	var all []offer
	for _, in := range p.program.Signature().Inputs {
		all = append(all, offer{
			label: in.Name, kind: protocol.CompletionItemKindVariable, text: p.spell(in.Name),
			detail: "read by " + in.Uses[0].Step.ID() + ", and written by no step",
		})
	}
	return all
}

// template is a step that somebody may want to begin with: its fields with places to fill in.
type template struct {
	name, about string
	fields      [][2]string // names and snippets; a text unless the snippet says otherwise
}

var templates = [...]template{
	{"llm step", "Ask the model", [][2]string{{"id", "${1:ask}"}, {"type", "llm"}, {"prompt", "${2:prompt}"}, {"output_key", "${3:answer}"}}},
	{"llm step with a guard", "Ask the model for one of a few answers", [][2]string{
		{"id", "${1:decide}"}, {"type", "llm"}, {"prompt", "${2:prompt} Reply with one word: yes or no."}, {"allowed_outputs", `["yes", "no"]`}, {"output_key", "${3:decision}"}}},
	{"tool step", "Call a tool", [][2]string{{"id", "${1:call}"}, {"type", "tool"}, {"tool", "${2:tool}"}, {"args", "{$3}"}, {"output_key", "${4:result}"}}},
	{"condition step", "Choose the next step", [][2]string{{"id", "${1:check}"}, {"type", "condition"}, {"condition", `\$${2:decision} == 'yes'`}, {"then", "${3:step}"}, {"otherwise", "${4:step}"}}},
	{"parallel step", "Run sub-steps side by side", [][2]string{{"id", "${1:both}"}, {"type", "parallel"}, {"parallel_steps", "[$2]"}}},
	{"last step", "Call a tool and end the run", [][2]string{{"id", "${1:done}"}, {"type", "tool"}, {"tool", "${2:tool}"}, {"is_terminal", "true"}}},
}

// offerSteps is new steps to begin with. In a parallel block, only what it can hold.
func offerSteps(p *probe) []offer {
	inBlock := p.step.Parent != nil
	var all []offer
	for _, t := range templates {
		kind := t.fields[1][1]
		if inBlock && (kind != "llm" && kind != "tool" || t.name == "last step") {
			continue
		}
		all = append(all, offer{label: t.name, kind: protocol.CompletionItemKindSnippet, detail: t.about, text: t.text(p, inBlock), snippet: true, asIs: true})
	}
	return all
}

// text is a template in the language of the file, its lines indented as far as the cursor.
func (t template) text(p *probe, inBlock bool) string {
	var lines []string
	for _, f := range t.fields {
		if inBlock && f[0] == "output_key" {
			continue
		}
		value := f[1]
		isText := value != "true" && !strings.HasPrefix(value, "[") && !strings.HasPrefix(value, "{")
		if p.lang == syntax.YAML {
			lines = append(lines, f[0]+": "+value)
			continue
		}
		if isText {
			value = `"` + value + `"`
		}
		lines = append(lines, `"`+f[0]+`": `+value)
	}
	if p.lang == syntax.YAML {
		return strings.Join(lines, "\n"+strings.Repeat(" ", p.column))
	}
	text := strings.Join(lines, ", ")
	if p.onKey {
		return text
	}
	return "{" + text + "}"
}
