package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// NewMarkdown prints a report for a pull request: how much was found of what severity, and the findings by
// file, each with its line and a link to the page of its rule.
func NewMarkdown(w io.Writer) Printer { return &markdown{w: w} }

type markdown struct {
	w     io.Writer
	files bytes.Buffer // what stands below the table, which only the totals can fill
	shown int
}

// markdownFindings is how many findings are shown: GitHub takes comments of 65,536 characters, and nobody reads
// more. The others are counted.
const markdownFindings = 100

func (m *markdown) File(a *validator.Analysis) error {
	found := told(a)
	if len(found) == 0 {
		return nil
	}
	if m.shown < markdownFindings {
		fmt.Fprintf(&m.files, "\n### %s\n\n", markdownText(slashed(a.File.Name)))
	}
	for _, d := range found {
		if m.shown++; m.shown <= markdownFindings {
			m.finding(a.File, d)
		}
	}
	return nil
}

func (m *markdown) finding(f *source.File, d source.Diagnostic) {
	at := toRange(f, d.Span).Start
	fmt.Fprintf(&m.files, "- %s **%s** line %d: %s", severityMark(d.Severity), ruleLink(d.Rule), at.Line, markdownText(d.Message))
	for i, x := range d.Fixes {
		joint := " or "
		if i == 0 {
			joint = " *Fix:* "
		}
		m.files.WriteString(joint + markdownText(x.Title))
	}
	m.files.WriteByte('\n')
}

func (m *markdown) Close(t Totals) error {
	var b bytes.Buffer
	b.WriteString("## nanolint\n\n")
	if t.Errors+t.Warnings+t.Infos == 0 {
		fmt.Fprintf(&b, "%s\n", t.String())
	} else {
		fmt.Fprintf(&b, "| errors | warnings | infos | files |\n|---:|---:|---:|---:|\n| %d | %d | %d | %d |\n",
			t.Errors, t.Warnings, t.Infos, t.Files)
	}
	b.Write(m.files.Bytes())
	if more := m.shown - markdownFindings; more > 0 {
		fmt.Fprintf(&b, "\nand %s more\n", count(more, "finding"))
	}
	_, err := m.w.Write(b.Bytes())
	return err
}

func severityMark(s source.Severity) string {
	return [...]string{source.Info: "ℹ️", source.Warning: "⚠️", source.Error: "❌"}[s]
}

// ruleLink is the id of a rule, with a link to its page if there is one.
func ruleLink(id string) string {
	if r := rules.Find(id); r != nil {
		return fmt.Sprintf("[%s](%s)", id, r.URL())
	}
	return id
}

// markdownText is text that Markdown shows as it is: names of steps must not become links, HTML or somebody's
// notification.
func markdownText(s string) string {
	var b strings.Builder
	for _, r := range Visible(s) {
		switch {
		case r == '@': // an escape does not stop a mention, an entity does
			b.WriteString("&#64;")
			continue
		case strings.ContainsRune("\\`*_{}[]<>#|~&$", r):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
