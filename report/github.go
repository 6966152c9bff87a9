package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
)

// NewGitHub prints workflow commands, one a line, that GitHub Actions shows as annotations in the changes of
// a pull request.
func NewGitHub(w io.Writer) Printer { return github{w} }

type github struct{ w io.Writer }

var (
	// The runner takes these apart again: actions/toolkit, packages/core/src/command.ts.
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func (g github) File(a *validator.Analysis) error {
	var b bytes.Buffer
	for _, d := range told(a) {
		at := toRange(a.File, d.Span)
		fmt.Fprintf(&b, "::%s file=%s,line=%d,", githubCommand(d.Severity), githubProperty.Replace(Visible(slashed(a.File.Name))), at.Start.Line)
		if at.Start.Line == at.End.Line { // otherwise the runner refuses columns
			fmt.Fprintf(&b, "col=%d,endLine=%d,endColumn=%d,", at.Start.Column, at.End.Line, at.End.Column)
		} else {
			fmt.Fprintf(&b, "endLine=%d,", at.End.Line)
		}
		fmt.Fprintf(&b, "title=%s::%s\n", githubProperty.Replace(d.Rule+" "+nameOf(d.Rule)), githubData.Replace(Visible(d.Message)))
	}
	_, err := g.w.Write(b.Bytes())
	return err
}

func (github) Close(Totals) error { return nil }

func githubCommand(s source.Severity) string {
	return [...]string{source.Info: "notice", source.Warning: "warning", source.Error: "error"}[s]
}
