package report

import (
	"encoding/xml"
	"io"

	"github.com/nanolint/nanolint/validator"
)

// NewCheckstyle prints the XML of Checkstyle, which many services read for want of a format of their own.
// Files without findings are in it, too.
func NewCheckstyle(w io.Writer) Printer { return &checkstyle{w: w} }

type checkstyle struct {
	w     io.Writer
	begun bool
}

type checkstyleFile struct {
	XMLName xml.Name          `xml:"file"`
	Name    string            `xml:"name,attr"`
	Errors  []checkstyleError `xml:"error"`
}

type checkstyleError struct {
	Line     int    `xml:"line,attr"`
	Column   int    `xml:"column,attr"`
	Severity string `xml:"severity,attr"`
	Message  string `xml:"message,attr"`
	Source   string `xml:"source,attr"`
}

// checkstyleHead says which version of the format it is. Readers pass over the number; this is the one that
// other linters print.
const checkstyleHead = xml.Header + "<checkstyle version=\"4.3\">\n"

func (c *checkstyle) File(a *validator.Analysis) error {
	out := checkstyleFile{Name: Visible(slashed(a.File.Name))}
	for _, d := range told(a) {
		at := toRange(a.File, d.Span).Start
		out.Errors = append(out.Errors, checkstyleError{
			at.Line, at.Column, d.Severity.String(), Visible(d.Message), "nanolint." + d.Rule,
		})
	}
	head := ""
	if !c.begun {
		head, c.begun = checkstyleHead, true
	}
	return writeXML(c.w, head, out)
}

func (c *checkstyle) Close(Totals) error {
	end := "</checkstyle>\n"
	if !c.begun {
		end = checkstyleHead + end
	}
	_, err := io.WriteString(c.w, end)
	return err
}
