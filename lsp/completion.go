package lsp

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"go.lsp.dev/protocol"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// offer is something that could be written.
type offer struct {
	label   string
	kind    protocol.CompletionItemKind
	detail  string
	doc     string
	text    string // what is written, as the language spells it; the label if empty
	snippet bool
	asIs    bool        // the text is indented already
	over    source.Span // what it is written over
}

// Completion offers what could be written at the cursor, the likeliest first.
func (s *Server) Completion(ctx context.Context, p *protocol.CompletionParams) (protocol.CompletionResult, error) {
	st := s.at(ctx, p.TextDocument.URI)
	if st == nil {
		return nil, nil
	}
	offset := st.offset(p.Position)
	typed := ""
	if t := p.Context.TriggerCharacter; t != nil {
		typed = *t
	}
	offers, more := s.offersAt(st, offset, typed)
	if ctx.Err() != nil {
		return nil, protocol.ErrRequestCancelled
	}
	items := make([]protocol.CompletionItem, 0, len(offers))
	for i, o := range offers {
		if o.snippet && !s.can.snippets {
			o.text, o.snippet = withoutStops(o.text), false
		}
		items = append(items, st.completionItem(o, i))
	}
	return &protocol.CompletionList{Items: items, IsIncomplete: more}, nil
}

// opensArgument reports whether an argument or its value begins at an offset, in Python: elsewhere = and ( are signs like others.
func (st *state) opensArgument(offset int) bool {
	c := cursorAt(st.read(), offset)
	return c.found != nil && c.found.Lang == syntax.Python && (c.node() == nil || c.node().Kind != syntax.String)
}

func (st *state) completionItem(o offer, i int) protocol.CompletionItem {
	item := protocol.CompletionItem{
		Label: o.label, Kind: o.kind, SortText: protocol.NewOptional(fmt.Sprintf("%03d", i)),
		TextEdit: &protocol.TextEdit{Range: st.toRange(o.over), NewText: o.label},
	}
	if o.text != "" {
		item.TextEdit = &protocol.TextEdit{Range: st.toRange(o.over), NewText: o.text}
	}
	if filter := st.file.Slice(o.over); !strings.HasPrefix(o.label, filter) && filter != "" {
		item.FilterText = protocol.NewOptional(filter + o.label)
		if strings.HasPrefix(o.text, filter) {
			item.FilterText = protocol.NewOptional(o.text)
		}
	}
	if o.snippet {
		item.InsertTextFormat = protocol.InsertTextFormatSnippet
	}
	if o.asIs {
		item.InsertTextMode = protocol.InsertTextModeAsIs
	}
	if o.detail != "" {
		item.Detail = protocol.NewOptional(o.detail)
	}
	if o.doc != "" {
		item.Documentation = markdown(o.doc)
	}
	return item
}

// offers is what could be written at an offset, behind a sign that was typed and had the editor ask; that is empty if somebody did. There may
// be more for somebody who types more or less of it.
func (s *Server) offers(st *state, offset int, typed string) (all []offer, more bool) {
	if (typed == "=" || typed == "(") && !st.opensArgument(offset) {
		return nil, false
	}
	p := s.probeAt(st, offset)
	if p.found == nil || p.program == nil {
		return nil, false
	}
	if !p.found.IsProgram && p.lang != syntax.Python && p.program.Root.Get("steps") == nil && !p.isAlone(st) {
		return nil, false
	}
	begun := p.memberBegun(st)
	switch {
	case p.onKey:
		all = p.offerKeys(st)
	case p.item && p.step != nil && p.step.Node == p.node():
		if p.isBare() { // else the open quote has swallowed the list
			all = offerSteps(p)
		}
	case p.step == nil, p.isAttribute() && begun == nil:
	case p.isText():
		all = p.quoteBare(p.offerVariables(st))
	case p.isRef():
		all = p.offerTargets()
	default:
		all = p.offerValues(st.options, begun)
	}
	for i := range all {
		if all[i].over == (source.Span{}) {
			all[i].over = p.word
		}
	}
	return p.thatFit(p.withNeighbours(all)), p.more
}

// offerKeys is the fields that a step or program does not have yet, or the arguments of its tool.
func (p *probe) offerKeys(st *state) []offer {
	m := p.path[len(p.path)-2]
	if p.step != nil && p.step.Node != m {
		if p.field == "args" && len(p.args) == 1 {
			return p.offerArguments(m, st.options.Declared)
		}
		return nil
	}
	if p.step == nil && m != p.program.Root {
		return nil
	}
	fields := schema.ProgramFields()
	if p.step != nil {
		fields = schema.StepFields()
	}
	var all []offer
	for i := range fields {
		f := &fields[i]
		if m.Get(f.Name) != nil || p.step != nil && !p.reads(f) {
			continue
		}
		all = append(all, offer{
			label: f.Name, kind: protocol.CompletionItemKindField, detail: f.Title, doc: describeField(f),
			text: p.keyText(f), snippet: true,
		})
	}
	slices.SortStableFunc(all, func(a, b offer) int { return p.weight(a.label) - p.weight(b.label) })
	if p.step != nil && len(m.Pairs) == 1 && p.isBare() {
		all = append(offerSteps(p), all...)
	}
	return all
}

// reads reports whether the step reads a field, as far as its type is known.
func (p *probe) reads(f *schema.Field) bool {
	if p.step.Parent != nil && !f.InBlock {
		return false
	}
	return p.step.Kind == program.Unknown || f.ReadBy(p.step.Kind.String())
}

// weight puts what a step must have first, then what only steps of its type have.
func (p *probe) weight(field string) int {
	if p.step == nil {
		return 0
	}
	f, _ := schema.StepField(field)
	switch {
	case f.Required:
		return 0
	case len(f.StepTypes) == 1:
		return 1
	}
	return 2
}

// keyText is a field with a place for its value, in the language of the file.
func (p *probe) keyText(f *schema.Field) string {
	switch {
	case !p.isBare(), p.isFollowed():
		return f.Name
	case p.isArgument():
		return f.Name + "=" + p.valueStop(f)
	}
	return p.spell(f.Name) + ": " + p.valueStop(f)
}

// isFollowed reports whether what separates the word at the cursor from a value stands behind it already.
func (p *probe) isFollowed() bool {
	behind := strings.TrimLeft(p.file.Text[p.word.End:], " ")
	return p.lang == syntax.YAML && strings.HasPrefix(behind, ":") || p.isArgument() && strings.HasPrefix(behind, "=") && p.word.Len() > 0
}

// isArgument reports whether the cursor is among the arguments of a Python call.
func (p *probe) isArgument() bool { return p.onKey && p.path[len(p.path)-2].Style == syntax.Keywords }

// valueStop is the place for a value of a field.
func (p *probe) valueStop(f *schema.Field) string {
	isYAML := p.lang == syntax.YAML
	switch {
	case f.Type == schema.Word:
		words := make([]string, len(f.Values))
		for i, v := range f.Values {
			words[i] = p.member(f.Name, v.Name)
		}
		if words[0] != "" {
			return "${1|" + strings.Join(words, ",") + "|}"
		}
		for i, v := range f.Values {
			words[i] = v.Name
		}
		return p.textStop("${1|" + strings.Join(words, ",") + "|}")
	case f.Type == schema.Texts && isYAML:
		return "[$1]"
	case f.Type == schema.Texts:
		return "[" + p.textStop("$1") + "]"
	case f.Type == schema.Object:
		return "{$1}"
	case f.Type == schema.Steps && !isYAML:
		return "[$1]"
	case f.Type == schema.Boolean:
		return "${1|" + p.boolean(true) + "," + p.boolean(false) + "|}"
	case f.Type == schema.String:
		return p.textStop("$1")
	}
	return "$1"
}

// withoutStops is a snippet as plain text: the first of its choices, and nothing where something is to be written.
func withoutStops(snippet string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(snippet, "$")
		b.WriteString(before)
		switch {
		case !found:
			return b.String()
		case strings.HasSuffix(before, `\`):
			b.WriteString("$")
			snippet = rest
		case strings.HasPrefix(rest, "{"):
			stop, behind, _ := strings.Cut(rest[1:], "}")
			_, text, _ := strings.Cut(strings.Trim(stop, "|"), ":")
			if choices, ok := strings.CutSuffix(strings.TrimLeft(stop, "0123456789"), "|"); ok {
				text, _, _ = strings.Cut(strings.TrimPrefix(choices, "|"), ",")
			}
			b.WriteString(text)
			snippet = behind
		default:
			snippet = strings.TrimLeft(rest, "0123456789")
		}
	}
}
