package syntax

import (
	"encoding/json"
	"math"
	"strings"
	"unicode/utf8"
)

// Print writes a tree in a language, in its ordinary style: JSON with two blanks of indentation, YAML in
// block style, JSON Lines as one line, Python as a dictionary with four blanks and a comma behind every
// entry. Each ends with a line break. Reading the result gives an equal tree, but for what the language has not:
// keys of JSON are strings, and dates are. Opaque nodes are written as null, in Python as an ellipsis, which is
// as unknown.
func Print(n *Node, l Lang) string {
	p := printer{lang: l}
	switch l {
	case JSON, Python:
		p.json(n, "\n")
	case JSONL:
		p.inline(n)
	default:
		p.block(n, 0)
	}
	p.b.WriteByte('\n')
	return p.b.String()
}

// Inline writes a tree on one line: JSON and Python as they are, YAML in brackets.
func Inline(n *Node, l Lang) string {
	p := printer{lang: l}
	p.inline(n)
	return p.b.String()
}

type printer struct {
	b    strings.Builder
	lang Lang
	// quote is what strings of Python stand in: " unless it is set.
	quote byte
	// noLiterals keeps strings on one line, where the text below could join a literal block.
	noLiterals bool
}

// json writes n; margin is the line break and indentation before a closing bracket at its level.
func (p *printer) json(n *Node, margin string) {
	inner, last := margin+"  ", ""
	if p.lang == Python {
		inner, last = margin+"    ", ","
	}
	separate := func(i int, open string) {
		if i > 0 {
			open = ","
		}
		p.b.WriteString(open + inner)
	}
	switch {
	case n.Kind == List && len(n.Items) > 0:
		for i, item := range n.Items {
			separate(i, "[")
			p.json(item, inner)
		}
		p.b.WriteString(last + margin + "]")
	case (n.Kind == Map || n.Kind == Set) && len(n.Pairs) > 0:
		for i, pair := range n.visible() {
			separate(i, "{")
			if !p.unpacked(pair) {
				p.b.WriteString(p.key(pair.Key) + ": ")
				p.json(pair.Value, inner)
			}
		}
		p.b.WriteString(last + margin + "}")
	default:
		p.inline(n)
	}
}

// inline writes n on one line.
func (p *printer) inline(n *Node) {
	switch n.Kind {
	case List:
		p.b.WriteByte('[')
		for i, item := range n.Items {
			if i > 0 {
				p.b.WriteString(", ")
			}
			p.inline(item)
		}
		p.b.WriteByte(']')
	case Set, Map:
		if n.Kind == Set && p.lang == YAML {
			p.b.WriteString("!!set ")
		}
		p.b.WriteByte('{')
		for i, pair := range n.visible() {
			if i > 0 {
				p.b.WriteString(", ")
			}
			if p.unpacked(pair) {
				continue
			}
			key := p.key(pair.Key)
			if p.lang == YAML && tooLong(key) {
				key = "? " + key + " "
			}
			p.b.WriteString(key + ": ")
			p.inline(pair.Value)
		}
		p.b.WriteByte('}')
	default:
		p.b.WriteString(p.scalar(n))
	}
}

// unpacked writes a pair whose key is not known as Python unpacks what it does not know.
func (p *printer) unpacked(pair Pair) bool {
	if p.lang != Python || pair.Key.Kind != Opaque {
		return false
	}
	p.b.WriteString("**...")
	return true
}

// block writes n in block style. The text before it ends where n's first line begins, indent blanks
// from the left.
func (p *printer) block(n *Node, indent int) {
	margin := "\n" + strings.Repeat(" ", indent)
	switch {
	case n.Kind == List && len(n.Items) > 0:
		for i, item := range n.Items {
			if i > 0 {
				p.b.WriteString(margin)
			}
			p.b.WriteString("- ")
			p.block(item, indent+2)
		}
	case n.Kind == Map && len(n.Pairs) > 0:
		for i, pair := range n.visible() {
			if i > 0 {
				p.b.WriteString(margin)
			}
			p.pair(pair, indent)
		}
	case n.Kind == String && !p.noLiterals && literal(n.Text.Value):
		p.literal(n.Text.Value, indent)
	default:
		p.inline(n)
	}
}

// pair writes an entry of a mapping that is indented.
func (p *printer) pair(pair Pair, indent int) {
	key, v := p.key(pair.Key), pair.Value
	if tooLong(key) {
		p.b.WriteString("? " + key + "\n" + strings.Repeat(" ", indent) + ":")
	} else {
		p.b.WriteString(key + ":")
	}
	if v.Kind == List && len(v.Items) > 0 || v.Kind == Map && len(v.Pairs) > 0 {
		p.b.WriteString("\n" + strings.Repeat(" ", indent+2))
	} else {
		p.b.WriteByte(' ')
	}
	p.block(v, indent+2)
}

// tooLong reports whether YAML would not find the colon of a key any more.
func tooLong(key string) bool { return utf8.RuneCountInString(key) > 1000 }

// literal reports whether a text of several lines can stand in a literal block as it is.
func literal(s string) bool {
	if !strings.Contains(s, "\n") || s[0] == ' ' || s[0] == '\n' || strings.HasSuffix(s, "\n\n") {
		return false
	}
	for line := range strings.SplitSeq(s, "\n") {
		if strings.HasSuffix(line, " ") || !singleQuotable(line) {
			return false
		}
	}
	return true
}

// literal writes lines as a literal block below the line that it begins in.
func (p *printer) literal(s string, indent int) {
	indent = max(indent, 2)
	body, ended := strings.CutSuffix(s, "\n")
	p.b.WriteString("|")
	if !ended {
		p.b.WriteString("-")
	}
	for line := range strings.SplitSeq(body, "\n") {
		p.b.WriteByte('\n')
		if line != "" {
			p.b.WriteString(strings.Repeat(" ", indent) + line)
		}
	}
}

// key is a key: in JSON a string whatever it was, as json.dumps has it.
func (p *printer) key(n *Node) string {
	switch {
	case p.lang == YAML:
		return Inline(n, YAML)
	case n.Kind == List || n.Kind == Map || n.Kind == Set:
		return p.quoted(Inline(n, JSON))
	case p.lang == Python:
		return p.scalar(n)
	case n.Kind == Null || n.Kind == Opaque:
		return `"null"`
	}
	return p.quoted(n.Text.Value)
}

func (p *printer) quoted(s string) string {
	if p.lang == Python && p.quote != 0 {
		return quotePython(s, p.quote)
	}
	return Quote(p.lang, s)
}

func (p *printer) scalar(n *Node) string {
	switch n.Kind {
	case String:
		return p.quoted(n.Text.Value)
	case Bool, Int:
		return pythonWord(p.lang, n.Text.Value)
	case Float:
		return p.float(n)
	case Date, Bytes:
		if p.lang != YAML {
			return p.quoted(n.Text.Value)
		}
		if n.Kind == Bytes {
			return "!!binary " + doubleQuote(YAML, n.Text.Value)
		}
		return n.Text.Value
	}
	if p.lang == Python && n.Kind == Opaque {
		return "..."
	}
	return pythonWord(p.lang, "null")
}

// pythonWord is a word of JSON as Python has it.
func pythonWord(l Lang, word string) string {
	if l == Python {
		switch word {
		case "null":
			return "None"
		case "true":
			return "True"
		case "false":
			return "False"
		}
	}
	return word
}

// yamlFloat is what PyYAML takes for a decimal fraction: it wants a point, and a sign in the exponent.
var yamlFloat = pattern(`^-?[0-9]+\.[0-9]*([eE][-+][0-9]+)?$`)

func (p *printer) float(n *Node) string {
	text, v := n.Text.Value, n.Float()
	if p.lang == Python && (math.IsNaN(v) || math.IsInf(v, 0)) {
		return "float(" + p.quoted(strings.ToLower(formatFloat(v))) + ")"
	}
	if p.lang != YAML {
		if json.Valid([]byte(text)) && strings.ContainsAny(text, ".eE") {
			return text
		}
		return formatFloat(v)
	}
	if yamlFloat().MatchString(text) {
		return text
	}
	switch {
	case math.IsNaN(v):
		return ".nan"
	case math.IsInf(v, 1):
		return ".inf"
	case math.IsInf(v, -1):
		return "-.inf"
	}
	text = formatFloat(v)
	mantissa, exponent, found := strings.Cut(text, "e")
	if found && !strings.Contains(mantissa, ".") {
		text = mantissa + ".0e" + exponent // Go writes the sign
	}
	return text
}
