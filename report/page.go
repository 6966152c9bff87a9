package report

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// Page is the documentation page of a rule, in Markdown: what the rule says of itself, and what
// nanolint really prints for its examples.
func Page(r *rules.Rule) string {
	var b bytes.Buffer
	when := ""
	if r.Optional {
		when = " · only when selected"
	}
	fmt.Fprintf(&b, "# %s %s\n\n%s · %s%s\n\n%s\n\n", r.ID, r.Name, r.Severity, r.Family(), when, strings.TrimSpace(r.Doc))
	b.WriteString("## Reported\n\n")
	examples := r.Examples()
	bad := examine(r, "bad", r.Bad, examples[0].Declared())
	bad.print(&b)
	if text, title, ok := bad.fixed(); ok {
		fmt.Fprintf(&b, "After the fix “%s”:\n\n", title)
		fence(&b, bad.lang.String(), text)
	}
	proof(&b, r)
	b.WriteString("## Not reported\n\n")
	examine(r, "good", r.Good, examples[1].Declared()).print(&b)
	for _, e := range r.More {
		verdict := "not reported"
		if e.Reported {
			verdict = "reported"
		}
		fmt.Fprintf(&b, "### %s: %s\n\n", e.Name, verdict)
		examine(r, "example", e.Program, e.Declared()).print(&b)
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// example is a program of a rule's page and what nanolint has to say about it.
type example struct {
	rule     *rules.Rule
	lang     syntax.Lang
	file     *source.File
	declared rules.Declared
	found    []source.Diagnostic
}

func examine(r *rules.Rule, name, text string, declared rules.Declared) example {
	x := example{rule: r, lang: r.Lang(), declared: declared}
	text = strings.TrimPrefix(text, "\n")
	x.file = source.NewFile(name+x.lang.Extension(), text)
	o := validator.Options{Lang: x.lang, Target: declared.Target(), Declared: declared}
	if r.Optional {
		o.Rules = append(slices.Clone(rules.Default()), r)
	}
	a := validator.Analyze(x.file, o)
	for _, d := range told(a) {
		if d.Rule == r.ID || d.Severity > source.Info {
			x.found = append(x.found, d)
		}
	}
	return x
}

func (x example) print(b *bytes.Buffer) {
	if facts := x.declared.Sentences(); facts != nil {
		fmt.Fprintf(b, "Declared: %s.\n\n", strings.Join(facts, "; "))
	}
	fence(b, x.lang.String(), x.file.Text)
	if len(x.found) == 0 {
		return
	}
	var printed bytes.Buffer
	for i, d := range x.found {
		if i > 0 {
			printed.WriteByte('\n')
		}
		_ = Diagnostic(&printed, x.file, d, Style{}) // a buffer takes everything
	}
	fence(b, "text", printed.String())
}

// fixed is the program after the first fix of the rule's first finding.
func (x example) fixed() (text, title string, ok bool) {
	for _, d := range x.found {
		if d.Rule != x.rule.ID || len(d.Fixes) == 0 {
			continue
		}
		text, err := source.Apply(x.file.Text, d.Fixes[0].Edits)
		return text, d.Fixes[0].Title, err == nil
	}
	return "", "", false
}

// fence writes text as a code block, with a fence longer than any inside.
func fence(b *bytes.Buffer, lang, text string) {
	mark := "```"
	for strings.Contains(text, mark) {
		mark += "`"
	}
	fmt.Fprintf(b, "%s%s\n%s", mark, lang, text)
	if !strings.HasSuffix(text, "\n") {
		b.WriteByte('\n')
	}
	fmt.Fprintf(b, "%s\n\n", mark)
}
