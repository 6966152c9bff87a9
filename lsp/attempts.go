package lsp

import (
	"slices"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// attempt is a way of writing a word.
type attempt struct {
	before, after string
	key           bool
}

// dash is what begins an item of a list in YAML.
const dash = "- "

// fits reports whether YAML has a place for the word: its reader takes a key as it can, where none may stand too. A dash is only
// tried where a step can begin. What is indented with tabs stands nowhere, so the reader is believed.
func (t attempt) fits(c *cursor, tree *source.File, word source.Span) bool {
	if t.before == dash && (c.step == nil || c.step.Node != c.path[len(c.path)-2] || len(c.step.Node.Pairs) > 1) {
		return false
	}
	before := tree.Text[tree.LineSpan(word.Start).Start:word.Start]
	return !t.key || strings.Contains(before, "\t") || !slices.ContainsFunc(c.found.Problems, func(x syntax.Problem) bool {
		return x.Code == syntax.Malformed && word.Start <= x.Span.Start && x.Span.Start < word.End
	})
}

// lineBefore is the line as far as the word around the cursor.
func (p *probe) lineBefore() string {
	return p.file.Text[p.file.LineSpan(p.word.Start).Start:p.word.Start]
}

// isBehindValue reports whether something is written in the line before the cursor behind which nothing can begin.
func (p *probe) isBehindValue() bool {
	if n := p.node(); p.lang == syntax.YAML {
		return n != nil && n.Span.End == p.at && (n.Style == syntax.Quoted || n.Style == syntax.Flow)
	}
	before := strings.TrimRight(p.lineBefore(), " \t")
	return before != "" && (strings.IndexByte(`"')]}`, before[len(before)-1]) >= 0 || wordAt(before, len(before)).Len() > 0)
}

// isBeforeValue reports whether something is written behind the cursor, which is no bracket or comma.
func (p *probe) isBeforeValue() bool {
	behind := strings.TrimLeft(p.file.Text[p.word.End:p.end()], " \t")
	return behind != "" && strings.IndexByte(",)]}#/\r\n", behind[0]) < 0
}

// end is where the text ends in which the program stands.
func (p *probe) end() int {
	if p.outer != nil {
		return p.outer.Content.End
	}
	return len(p.file.Text)
}

// leadOf is what must stand between what is there and a word that begins something in YAML.
func (p *probe) leadOf(t attempt) string {
	if t.before == dash {
		return dash
	}
	before := p.lineBefore()
	if p.lang == syntax.YAML && (strings.HasSuffix(before, ":") || strings.TrimLeft(before, " >") == "-" || strings.HasSuffix(before, " -")) {
		return " "
	}
	return ""
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
	case blank && behind == "" && strings.Trim(before, " >") == "":
		return []attempt{asKey, {dash, ": ", true}, asValue}
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
	if from == p.at || p.word.Len() > 0 && strings.HasPrefix(p.file.Text[p.word.End:], "(") || !syntax.IsCode(p.editor().File, from, p.at) {
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
