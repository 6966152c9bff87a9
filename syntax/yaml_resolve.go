package syntax

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/nanolint/nanolint/source"
)

// yamlTagNames are the tags that the runtime knows, and the kind of value that each makes.
var yamlTagNames = map[string]Kind{
	"str": String, "int": Int, "float": Float, "bool": Bool, "null": Null, "timestamp": Date, "binary": Bytes,
	"map": Map, "seq": List, "set": Set, "omap": List, "pairs": List,
}

// What a plain scalar has to look like to be a number or a time.
var (
	yamlIntForm = pattern(`^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$`)

	yamlFloatForm = pattern(`^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?` +
		`|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?` +
		`|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*` +
		`|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$`)

	yamlTimeForm = pattern(`^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}` +
		`|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?` +
		`(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)$`)
)

// pattern compiles an expression when it is first needed: all of them would cost every start of the command a
// fifth of a millisecond.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// plainKind is what YAML takes a scalar without quotes for.
func plainKind(value string) (Kind, yamlRole) {
	if value == "" {
		return Null, yamlOrdinary
	}
	switch c := value[0]; c {
	case '~':
		if len(value) == 1 {
			return Null, yamlOrdinary
		}
	case '=':
		if len(value) == 1 {
			return String, yamlEquals
		}
	case '<':
		if value == "<<" {
			return String, yamlMerge
		}
	case 'n', 'N', 'y', 'Y', 't', 'T', 'f', 'F', 'o', 'O':
		return wordKind(value), yamlOrdinary
	case '+', '-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		switch {
		case isDecimal(value) || yamlIntForm().MatchString(value):
			return Int, yamlOrdinary
		case yamlFloatForm().MatchString(value):
			return Float, yamlOrdinary
		case yamlTimeForm().MatchString(value):
			return Date, yamlOrdinary
		}
	}
	return String, yamlOrdinary
}

// isDecimal reports whether s is an ordinary integer, as nearly all are.
func isDecimal(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s[0] != '0' || len(s) == 1
}

// wordKind is the kind of a plain scalar that begins with a letter: truth values and null have three spellings
// of each of their words, as in yes, Yes and YES.
func wordKind(value string) Kind {
	if len(value) < 2 || len(value) > 5 {
		return String
	}
	lower := strings.ToLower(value)
	if value != lower && value != strings.ToUpper(value) && value[1:] != lower[1:] {
		return String
	}
	if lower == "null" {
		return Null
	}
	if _, ok := yamlBools[lower]; ok {
		return Bool
	}
	return String
}

var yamlBools = map[string]string{
	"yes": "true", "no": "false", "true": "true", "false": "false", "on": "true", "off": "false",
}

// scalar makes the node of a scalar, by its tag or, without one, by its form.
func (p *yamlParser) scalar(text source.Text, style Style, props yamlProperties) yamlPart {
	if p.badBytes {
		text = withoutBadBytes(p.text, text)
	}
	n := p.slab.node(String, text.Span)
	n.Text, n.Style = text, style
	part := yamlPart{node: n, weight: 1}
	switch {
	case props.tag != "" && props.tag != "!":
		part.role = p.tagScalar(n, props)
	case props.tag == "!" || style == Plain:
		n.Kind, part.role = plainKind(text.Value)
	}
	if wrong := p.evaluate(n); wrong != "" {
		fix := fixed("quote it", text.Span, Quote(YAML, text.Value))
		if style != Plain || props.any {
			fix = nil
		}
		p.tellValue(Malformed, text.Span, wrong, fix)
		n.Kind = Opaque
	}
	return part
}

// tagScalar makes a scalar what its tag says.
func (p *yamlParser) tagScalar(n *Node, props yamlProperties) yamlRole {
	name, standard := strings.CutPrefix(props.tag, yamlTagPrefix)
	kind, known := yamlTagNames[name]
	switch {
	case standard && known && kind < List:
		n.Kind = kind
	case standard && known:
		p.tellValue(Malformed, props.tagSpan, "the tag !!"+name+" does not fit a scalar: remove it", nil)
		n.Kind = Opaque
	case standard && name == "merge":
		return yamlMerge
	case standard && name == "value":
		return yamlEquals
	default:
		p.unknownTag(props)
		n.Kind = Opaque
	}
	return yamlOrdinary
}

// evaluate replaces the spelling of a scalar by its value, or says why it has none.
func (p *yamlParser) evaluate(n *Node) (wrong string) {
	spelled := n.Text.Value
	value, ok := spelled, true
	switch n.Kind {
	case Bool:
		value, ok = yamlBools[strings.ToLower(spelled)]
		wrong = "this is no truth value: write true or false"
	case Int:
		if isShortDecimal(spelled) {
			return ""
		}
		value, ok = intValue(spelled)
		wrong = "this is no integer that the runtime can read: put quotes around it if it is a text"
		if value == "" && ok { // too long to convert
			n.Kind, value = Opaque, spelled
		}
	case Float:
		var v float64
		v, ok = floatValue(spelled)
		if same, err := strconv.ParseFloat(spelled, 64); (err != nil || same != v) && !strings.ContainsAny(spelled, "eE") || strings.Contains(spelled, "_") {
			value = strconv.FormatFloat(v, 'g', -1, 64)
		}
		wrong = "this is no number that the runtime can read: put quotes around it if it is a text"
	case Date:
		_, ok = parseYAMLTime(spelled)
		wrong = "there is no such date or time: correct it, or put quotes around it if it is a text"
	case Bytes:
		_, ok = decodeBase64(spelled)
		wrong = "this is not base64: correct it"
	}
	if !ok {
		return wrong
	}
	if value != spelled {
		n.Text = source.CoarseText(value, n.Text.Span)
	}
	return ""
}

// isShortDecimal reports whether s is an integer that is spelled like its value.
func isShortDecimal(s string) bool { return s != "" && len(s) < 19 && isDecimal(s) }
