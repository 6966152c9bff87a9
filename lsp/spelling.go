package lsp

import (
	"cmp"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// How offers are written at the cursor, in the language of the program.

func (p *probe) editor() syntax.Editor {
	if p.found == nil {
		return syntax.Editor{File: p.tree, Lang: p.lang}
	}
	return p.found.Editor(p.tree)
}

// spell is a text as it is written at the cursor.
func (p *probe) spell(text string) string {
	if p.isBare() {
		return p.editor().Quote(p.word.Start, text)
	}
	return text
}

// textStop is a text of a snippet in quotes, but in YAML where it needs none.
func (p *probe) textStop(text string) string {
	if p.lang == syntax.YAML {
		if strings.Contains(text, ": ") {
			return `"` + text + `"` // none of ours holds one
		}
		return text
	}
	quote := p.spell("")[:1]
	if strings.Contains(text, quote) {
		quote = `"` // none of ours holds one
	}
	return quote + text + quote
}

// boolean is true or false.
func (p *probe) boolean(yes bool) string {
	words := [...]string{"false", "true"}
	if p.lang == syntax.Python {
		words = [...]string{"False", "True"}
	}
	if yes {
		return words[1]
	}
	return words[0]
}

// member is a value of a field as a member of an enumeration, if that is how steps of the program write it, and else empty.
func (p *probe) member(field, value string) string {
	if p.lang != syntax.Python || p.program == nil {
		return ""
	}
	for s := range p.program.All {
		if n := s.Node.Get(field); n != nil && n.Style == syntax.Member {
			if edits, ok := p.editor().ReplaceString(n, value); ok && len(edits) == 1 {
				return edits[0].New
			}
		}
	}
	return ""
}

// isAttribute reports whether a name with a dot is being written in Python: a member of an enumeration, or something of other code.
func (p *probe) isAttribute() bool {
	return p.lang == syntax.Python && p.isBare() && !p.onKey && strings.Contains(p.head, ".")
}

// memberBegun is how a value of the field is written as a member of the enumeration whose name stands before the cursor. It is nil
// if none does. Whether it is one is asked of the front end, as in [Server.probeAt].
func (p *probe) memberBegun(st *state) func(value string) string {
	f, ok := schema.StepField(p.field)
	if !ok || len(f.Values) == 0 || !p.isAttribute() {
		return nil
	}
	first := p.head[:strings.LastIndexByte(p.head, '.')+1] + strings.ToUpper(f.Values[0].Name)
	o := st.options
	o.Drafts = true
	tree := source.NewFile(p.file.Name, p.file.Text[:p.word.Start]+first+p.file.Text[p.word.End:])
	c := cursorAt(st.readText(tree, o), p.word.Start+1)
	n := c.node()
	if n == nil || n.Style != syntax.Member {
		return nil
	}
	return func(value string) string {
		if edits, ok := c.found.Editor(tree).ReplaceString(n, value); ok && len(edits) == 1 {
			return edits[0].New
		}
		return ""
	}
}

// argumentText is an argument of a tool as it is written at the cursor.
func (p *probe) argumentText(name string) string {
	switch {
	case !p.isBare(), p.isArgument() && p.isFollowed():
		return name
	case p.isArgument():
		return name + "="
	}
	return p.spell(name) + ": "
}

// quoteBare puts texts in quotes where there are none, but in YAML.
func (p *probe) quoteBare(all []offer) []offer {
	if !p.isBare() || p.lang == syntax.YAML {
		return all
	}
	for i := range all {
		all[i].text = p.spell(cmp.Or(all[i].text, all[i].label))
	}
	return all
}

// withNeighbours puts before an offer what must stand before it in YAML, and behind it the comma that it needs in other languages.
func (p *probe) withNeighbours(all []offer) []offer {
	comma := ""
	if p.lang != syntax.YAML && p.isBare() && (p.onKey && !p.isFollowed() || p.item) && p.isBeforeEntry() {
		comma = ","
	}
	if p.lead == "" && comma == "" {
		return all
	}
	for i := range all {
		all[i].text = p.lead + cmp.Or(all[i].text, all[i].label) + comma
	}
	return all
}

// isBeforeEntry reports whether another entry or item follows the cursor, without a comma before it.
func (p *probe) isBeforeEntry() bool {
	view := p.editor().File.Text // without the marks of block quotes
	behind := strings.TrimLeft(view[len(view)-(len(p.file.Text)-p.word.End):len(view)-(len(p.file.Text)-p.end())], " \t\r\n")
	if behind == "" {
		return false
	}
	return strings.IndexByte(`"'{[(*`, behind[0]) >= 0 || p.lang == syntax.Python && wordAt(behind, 0).Len() > 0
}

// thatFit is the offers that can be written in the string around the program, if it stands in one.
func (p *probe) thatFit(all []offer) []offer {
	if p.outer == nil || !p.isBare() { // else each has been written for its quotes
		return all
	}
	return slices.DeleteFunc(all, func(o offer) bool {
		text := cmp.Or(o.text, o.label)
		if o.snippet {
			text = withoutStops(text)
		}
		_, ok := p.outer.Spell(text)
		return !ok
	})
}

// isAlone reports whether there is nothing in the document but the word at the cursor.
func (p *probe) isAlone(st *state) bool {
	return st.options.Lang == p.lang && p.lang != syntax.Python && len(strings.TrimSpace(p.file.Text)) <= len(p.head)
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

// text is a template in the language of the program, its lines indented as far as the cursor.
func (t template) text(p *probe, inBlock bool) string {
	call := p.stepCall()
	asArguments := p.isArgument() || !p.onKey && call != ""
	var lines []string
	for _, f := range t.fields {
		if inBlock && f[0] == "output_key" {
			continue
		}
		value := f[1]
		member := ""
		if f[0] == "type" {
			member = p.member("type", value)
		}
		switch {
		case member != "":
			value = member
		case value == "true":
			value = p.boolean(true)
		case !strings.HasPrefix(value, "[") && !strings.HasPrefix(value, "{"):
			value = p.textStop(value)
		}
		switch {
		case asArguments:
			lines = append(lines, f[0]+"="+value)
		case p.lang == syntax.YAML:
			lines = append(lines, f[0]+": "+value)
		default:
			lines = append(lines, p.spell(f[0])+": "+value)
		}
	}
	isFlow := slices.ContainsFunc(p.path, func(n *syntax.Node) bool { return n.Style == syntax.Flow })
	if p.lang == syntax.YAML && !isFlow {
		return strings.Join(lines, "\n"+p.margin()+strings.Repeat(" ", len(p.lead)))
	}
	text := strings.Join(lines, ", ")
	switch {
	case p.onKey:
		return text
	case call != "":
		return call + "(" + text + ")"
	}
	return "{" + text + "}"
}

// stepCall is what stands before the brackets of steps that are calls in Python, and empty if they are dictionaries.
func (p *probe) stepCall() string {
	if p.lang != syntax.Python {
		return ""
	}
	for s := range p.program.All {
		if call, ok := callOf(p.editor(), s); ok {
			return call
		}
	}
	root := p.program.Root
	call, _, _ := strings.Cut(p.tree.Slice(root.Span), "(")
	if module, ok := strings.CutSuffix(call, "Program"); ok && root.Style == syntax.Keywords {
		return module + "Step"
	}
	return ""
}

// callOf is what stands before the brackets of a step that is a call in Python.
func callOf(e syntax.Editor, s *program.Step) (string, bool) {
	if s.Node.Style != syntax.Keywords {
		return "", false
	}
	call, _, ok := strings.Cut(e.File.Slice(s.Node.Span), "(")
	return call, ok && call != "" && strings.TrimSpace(call) == call
}

// margin is what stands before the word at the cursor in a line of its own: blanks, and the marks of the block quotes around
// a fence.
func (p *probe) margin() string {
	line := p.file.LineSpan(p.word.Start)
	before := []byte(p.file.Text[line.Start:p.word.Start])
	view := p.editor().File.Text
	for i := range before {
		if before[i] != '\t' && view[line.Start+i] == p.tree.Text[line.Start+i] {
			before[i] = ' '
		}
	}
	return string(before)
}
