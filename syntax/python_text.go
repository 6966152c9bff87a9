package syntax

import (
	"strconv"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax/python"
)

// plain is the value of one literal without prefix and escapes, which most are.
func (r *pythonReader) plain(e *python.Expr) (value string, ok bool) {
	spelled := r.file.Slice(e.Span)
	last := len(spelled) - 1
	if last < 1 || spelled[0] != '"' && spelled[0] != '\'' || spelled[last] != spelled[0] || r.module.Opaque {
		return "", false
	}
	value = spelled[1:last]
	for i := range len(value) {
		if c := value[i]; c == spelled[0] || c == '\\' || c == '\n' || c == '\r' {
			return "", false
		}
	}
	return value, true
}

// string is the value of literals that stand side by side.
func (r *pythonReader) string(e *python.Expr, s *python.Scope) *Node {
	if value, ok := r.plain(e); ok {
		n := r.slab.scalar(String, value, e.Span)
		n.Style = Quoted
		return n
	}
	text, computed, ok := r.literals(e, s)
	if !ok {
		return r.opaque(e)
	}
	n := r.slab.node(String, e.Span)
	n.Text, n.Style = text, Quoted
	if computed {
		n.Style = Computed
	}
	return n
}

// literals is the text of literals, with the fields of f-strings filled in.
func (r *pythonReader) literals(e *python.Expr, s *python.Scope) (text source.Text, computed, ok bool) {
	var b source.TextBuilder
	fields := e.Items
	for _, lit := range r.module.Literals(e) {
		if lit.Bytes || !lit.Closed {
			return text, false, false
		}
		for _, piece := range lit.Pieces() {
			if !piece.Field {
				if !r.module.Unescape(lit, piece.Span, &b) {
					return text, false, false
				}
				continue
			}
			if len(fields) == 0 {
				return text, false, false // an f-string that is broken
			}
			value, ok := r.shown(fields[0].Value, s)
			if fields = fields[1:]; !ok || !r.spend(len(value)) {
				return text, false, false
			}
			b.Escape(piece.Span, value)
		}
		computed = computed || lit.Format
	}
	return b.Text(e.Span), computed, len(fields) == 0
}

// text is the value of an expression that is a string.
func (r *pythonReader) text(e *python.Expr, s *python.Scope) (text source.Text, ok bool) {
	switch e.Kind {
	case python.String:
		text, _, ok = r.literals(e, s)
		return text, ok
	case python.Call:
		return r.method(e, s)
	case python.Name, python.Attribute, python.Subscript, python.Binary:
		if n, _ := r.eval(e, s); n.Kind == String {
			return n.Text, true
		}
	}
	return text, false
}

// shown is what str makes of a value, if that is the same in every release.
func (r *pythonReader) shown(e *python.Expr, s *python.Scope) (text string, ok bool) {
	n, _ := r.eval(e, s)
	switch {
	case n.Style == Member: // str of a member depends on the release
		return "", false
	case n.Kind == String || n.Kind == Int:
		return n.Text.Value, true
	case n.Kind == Bool:
		return strings.ToUpper(n.Text.Value[:1]) + n.Text.Value[1:], true
	case n.Kind == Null:
		return "None", true
	}
	return "", false
}

// computed is a string that several expressions make.
func (r *pythonReader) computed(e *python.Expr, text source.Text) *Node {
	n := r.slab.node(String, e.Span)
	n.Text, n.Style = text, Computed
	return n
}

// sum joins strings.
func (r *pythonReader) sum(e *python.Expr, s *python.Scope) *Node {
	var b source.TextBuilder
	for _, i := range e.Items {
		text, ok := r.text(i.Value, s)
		switch {
		case !ok || !r.spend(len(text.Value)):
			return r.opaque(e)
		case i.Value.Span.Contains(text.Span):
			b.Part(text, 0, len(text.Value))
		default: // written elsewhere
			b.Escape(i.Value.Span, text.Value)
		}
	}
	return r.computed(e, b.Text(e.Span))
}

// formatted is a template with its values: 'a %s' % b.
func (r *pythonReader) formatted(e *python.Expr, s *python.Scope) *Node {
	template, ok := r.text(e.Items[0].Value, s)
	if !ok || len(e.Items) != 2 {
		return r.opaque(e)
	}
	args := []python.Item{e.Items[1]}
	if x := e.Items[1].Value; x.Kind == python.Tuple {
		args = x.Items
	}
	var b source.TextBuilder
	rest := 0
	for i := 0; i < len(template.Value); {
		n := strings.IndexByte(template.Value[i:], '%')
		if n < 0 {
			break
		}
		i += n
		b.Part(template, rest, i)
		verb := template.Value[i+1:]
		spelled := template.Sub(i, min(i+2, len(template.Value)))
		switch {
		case strings.HasPrefix(verb, "%"):
			b.Escape(spelled, "%")
		case (strings.HasPrefix(verb, "s") || strings.HasPrefix(verb, "d")) && len(args) > 0 && args[0].Stars == 0:
			value, ok := r.shown(args[0].Value, s)
			if !ok || !r.spend(len(value)) {
				return r.opaque(e)
			}
			b.Escape(spelled, value)
			args = args[1:]
		default:
			return r.opaque(e)
		}
		i += 2
		rest = i
	}
	if len(args) > 0 {
		return r.opaque(e)
	}
	b.Part(template, rest, len(template.Value))
	return r.computed(e, b.Text(e.Span))
}

// method is the string that a method of a string makes, or dedent of textwrap.
func (r *pythonReader) method(e *python.Expr, s *python.Scope) (text source.Text, ok bool) {
	if name, _ := r.resolve(e.X, s, 0); name == "dedent" && len(e.Items) == 1 && e.Items[0].Stars == 0 {
		if text, ok = r.text(e.Items[0].Value, s); ok {
			return dedent(text, e.Span), true
		}
		return text, false
	}
	if e.X.Kind != python.Attribute {
		return text, false
	}
	switch e.X.Name {
	case "strip", "lstrip", "rstrip":
		text, ok = r.text(e.X.X, s)
		if !ok || len(e.Items) > 0 {
			return text, false
		}
		return strip(text, e.X.Name, e.Span), true
	case "format":
		if text, ok = r.text(e.X.X, s); ok {
			return r.format(e, text, s)
		}
	case "join":
		return r.join(e, s)
	}
	return text, false
}

// strip cuts off the blanks of ASCII at the ends of a text.
func strip(text source.Text, method string, at source.Span) source.Text {
	const blanks = " \t\n\r\v\f"
	start, end := 0, len(text.Value)
	if method != "rstrip" {
		start = end - len(strings.TrimLeft(text.Value, blanks))
	}
	if method != "lstrip" {
		end = start + len(strings.TrimRight(text.Value[start:], blanks))
	}
	var b source.TextBuilder
	b.Part(text, start, end)
	return b.Text(at)
}

// dedent takes away the blanks that all lines begin with, as textwrap.dedent does.
func dedent(text source.Text, at source.Span) source.Text {
	margin, found := "", false
	lines := strings.SplitAfter(text.Value, "\n")
	for _, line := range lines {
		bare := strings.TrimLeft(line, " \t")
		if strings.Trim(bare, "\n") == "" {
			continue
		}
		indent := line[:len(line)-len(bare)]
		if !found {
			margin, found = indent, true
			continue
		}
		n := 0
		for n < len(margin) && n < len(indent) && margin[n] == indent[n] {
			n++
		}
		margin = margin[:n]
	}
	var b source.TextBuilder
	i := 0
	for _, line := range lines {
		end := i + len(line)
		if strings.Trim(line, " \t\n") == "" {
			i = end - strings.Count(line, "\n") // a line of blanks becomes empty
		} else {
			i += len(margin)
		}
		b.Part(text, i, end)
		i = end
	}
	return b.Text(at)
}

// format fills in the fields of a template: {}, {0} and {name}.
func (r *pythonReader) format(e *python.Expr, template source.Text, s *python.Scope) (text source.Text, ok bool) {
	var b source.TextBuilder
	auto, rest, value := 0, 0, template.Value
	for i := 0; i < len(value); {
		n := strings.IndexAny(value[i:], "{}")
		if n < 0 {
			break
		}
		i += n
		b.Part(template, rest, i)
		if strings.HasPrefix(value[i:], "{{") || strings.HasPrefix(value[i:], "}}") {
			b.Escape(template.Sub(i, i+2), value[i:i+1])
			i += 2
			rest = i
			continue
		}
		end := strings.IndexByte(value[i:], '}')
		if value[i] == '}' || end < 0 {
			return text, false
		}
		arg := argument(e.Items, value[i+1:i+end], &auto, r.file)
		if arg == nil {
			return text, false
		}
		shown, ok := r.shown(arg, s)
		if !ok || !r.spend(len(shown)) {
			return text, false
		}
		b.Escape(template.Sub(i, i+end+1), shown)
		i += end + 1
		rest = i
	}
	b.Part(template, rest, len(value))
	if !e.Span.Contains(template.Span) {
		return source.CoarseText(b.Text(e.Span).Value, e.Span), true
	}
	return b.Text(e.Span), true
}

// argument is what fills a field of a template, nil if that cannot be told.
func argument(items []python.Item, field string, auto *int, f *source.File) *python.Expr {
	for _, i := range items {
		if i.Stars > 0 {
			return nil
		}
		if i.Keyword.Len() > 0 && f.Slice(i.Keyword) == field {
			return i.Value
		}
	}
	k, err := strconv.Atoi(field)
	if field == "" {
		k, err = *auto, nil
		*auto++
	}
	if err != nil || k < 0 || k >= len(items) || items[k].Keyword.Len() > 0 {
		return nil
	}
	return items[k].Value
}

// join puts a string between others. Where they come from is not told apart.
func (r *pythonReader) join(e *python.Expr, s *python.Scope) (text source.Text, ok bool) {
	between, ok := r.text(e.X.X, s)
	if !ok || len(e.Items) != 1 || e.Items[0].Stars > 0 {
		return text, false
	}
	list, _ := r.eval(e.Items[0].Value, s)
	if list.Kind != List {
		return text, false
	}
	var parts []string
	for _, item := range list.Items {
		if item.Kind != String || !r.spend(len(item.Text.Value)+len(between.Value)) {
			return text, false
		}
		parts = append(parts, item.Text.Value)
	}
	return source.CoarseText(strings.Join(parts, between.Value), e.Span), true
}
