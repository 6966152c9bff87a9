package lsp

import (
	"strings"

	"github.com/nanolint/nanolint/syntax"
)

// attempt is a way of writing a word.
type attempt struct {
	before, after string
	key           bool
}

// attempts are the ways in which something could stand at the cursor.
func (p *probe) attempts() []attempt {
	line := p.file.LineSpan(p.word.Start)
	before := strings.TrimSpace(p.file.Text[line.Start:p.word.Start])
	behind := strings.TrimSpace(p.file.Text[p.word.End:line.End])
	switch p.lang {
	case syntax.Python:
		return p.pythonAttempts(behind)
	case syntax.YAML:
		return yamlAttempts(before, behind)
	}
	asKey, asValue := attempt{`"`, `": 0`, true}, attempt{`"`, `"`, false}
	if strings.HasSuffix(before, ":") || strings.HasSuffix(before, "[") {
		return []attempt{asValue, asKey}
	}
	if behind != "" && behind[0] == '"' {
		asKey.after += ","
	}
	return []attempt{asKey, asValue}
}

func yamlAttempts(before, behind string) []attempt {
	asKey, asValue := attempt{"", ": ", true}, attempt{"", "", false}
	blank := strings.Trim(before, "- >") == "" // in Markdown, block quotes are marked with >
	switch {
	case blank && behind == "", strings.HasSuffix(before, "{"), strings.HasSuffix(before, ","):
		return []attempt{asKey, asValue}
	case blank && strings.HasPrefix(behind, ":"):
		return []attempt{{"", "", true}}
	}
	return []attempt{asValue, asKey}
}

// pythonAttempts go by the collection around the cursor: an argument of a call, an entry of a dictionary, an item of a
// list, or the value behind one of the former. A text without a closing quote gets one.
func (p *probe) pythonAttempts(behind string) []attempt {
	if p.inside != nil {
		if p.inside.Closed {
			return nil
		}
		return []attempt{{"", p.inside.Quote, false}, {"", p.inside.Quote + ": 0", true}}
	}
	around, from := p.collection(), p.codeBefore()
	if from == p.at || !syntax.IsCode(p.editor().File, from, p.at) {
		return nil
	}
	asValue, asKey := attempt{`"`, `"`, false}, attempt{`"`, `": 0`, true}
	if around.Style == syntax.Keywords {
		asKey = attempt{"", "=0", true}
	}
	if behind != "" && strings.IndexByte(",)]}#", behind[0]) < 0 {
		asKey.after += ","
		asValue.after += ","
	}
	before := strings.TrimRight(p.file.Text[min(from, p.word.Start):p.word.Start], " \t\r\n")
	switch {
	case around.Kind == syntax.List && strings.TrimRight(before, "[(,") == before:
		return nil // behind an item without a comma
	case around.Kind == syntax.List, strings.HasSuffix(before, ":"), strings.HasSuffix(before, "="):
		return []attempt{asValue}
	}
	return []attempt{asKey, asValue}
}
