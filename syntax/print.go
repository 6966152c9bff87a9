package syntax

import (
	"encoding/json"
	"math"
	"strings"
	"unicode/utf8"
)

// Print writes a tree in a language, in its ordinary style: JSON with two blanks of indentation, YAML in
// block style, JSON Lines as one line. Each ends with a line break. Reading the result gives an equal
// tree, but for what the language has not: keys of JSON are strings, and dates are. Opaque nodes are
// written as null.
func Print(n *Node, l Lang) string {
	p := printer{lang: l}
	switch l {
	case JSON:
		p.json(n, "\n")
	case JSONL:
		p.inline(n)
	default:
		p.block(n, 0)
	}
	p.b.WriteByte('\n')
	return p.b.String()
}

// Inline writes a tree on one line: JSON as it is, YAML in brackets.
func Inline(n *Node, l Lang) string {
	p := printer{lang: l}
	p.inline(n)
	return p.b.String()
}

type printer struct {
	b    strings.Builder
	lang Lang
	// noLiterals keeps strings on one line, where the text below could join a literal block.
	noLiterals bool
}

// json writes n; margin is the line break and indentation before a closing bracket at its level.
func (p *printer) json(n *Node, margin string) {
	inner := margin + "  "
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
		p.b.WriteString(margin + "]")
	case (n.Kind == Map || n.Kind == Set) && len(n.Pairs) > 0:
		for i, pair := range n.visible() {
			separate(i, "{")
			p.b.WriteString(p.key(pair.Key) + ": ")
			p.json(pair.Value, inner)
		}
		p.b.WriteString(margin + "}")
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
		return Quote(p.lang, Inline(n, JSON))
	case n.Kind == Null || n.Kind == Opaque:
		return `"null"`
	}
	return Quote(p.lang, n.Text.Value)
}

func (p *printer) scalar(n *Node) string {
	switch n.Kind {
	case String:
		return Quote(p.lang, n.Text.Value)
	case Bool, Int:
		return n.Text.Value
	case Float:
		return p.float(n)
	case Date, Bytes:
		if p.lang != YAML {
			return Quote(p.lang, n.Text.Value)
		}
		if n.Kind == Bytes {
			return "!!binary " + doubleQuote(YAML, n.Text.Value)
		}
		return n.Text.Value
	}
	return "null"
}

// yamlFloat is what PyYAML takes for a decimal fraction: it wants a point, and a sign in the exponent.
var yamlFloat = pattern(`^-?[0-9]+\.[0-9]*([eE][-+][0-9]+)?$`)

func (p *printer) float(n *Node) string {
	text, v := n.Text.Value, n.Float()
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
