package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
)

// NewJUnit prints JUnit XML: a test suite for each file and in it a test case for each finding, which has
// failed if it is of the severity failing or a graver one. A file without findings is one test case that has
// passed.
func NewJUnit(w io.Writer, failing source.Severity) Printer { return &junit{w: w, failing: failing} }

type junit struct {
	w       io.Writer
	failing source.Severity
	begun   bool
}

// The elements and their order are those of the schema of Jenkins. File and Line are not in it, but GitLab reads them;
// tests have them.

type junitSuite struct {
	XMLName  xml.Name    `xml:"testsuite"`
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	File    string        `xml:"file,attr,omitempty"`
	Line    int           `xml:"line,attr,omitempty"`
	Error   *junitFailure `xml:"error"`
	Failure *junitFailure `xml:"failure"`
	Output  *cdata        `xml:"system-out"`
}

type junitFailure struct {
	Type    string `xml:"type,attr,omitempty"`
	Message string `xml:"message,attr"`
	cdata
}

// cdata is text that stays readable in the file: as character data, every quote and line break is escaped.
type cdata struct {
	Text string `xml:",cdata"`
}

// toCDATA is a text without the characters that XML cannot hold.
func toCDATA(text string) cdata {
	return cdata{strings.Map(func(r rune) rune {
		if r == 0xfffe || r == 0xffff || r < ' ' && r != '\t' && r != '\n' && r != '\r' {
			return utf8.RuneError
		}
		return r
	}, text)}
}

const junitHead = xml.Header + "<testsuites name=\"nanolint\">\n"

func (j *junit) File(a *validator.Analysis) error {
	name := Visible(slashed(a.File.Name))
	suite := junitSuite{Name: name}
	for _, d := range told(a) {
		c := junitCase{Name: d.Rule + " " + nameOf(d.Rule), Class: name}
		if d.Step != "" {
			c.Name += ": " + Visible(d.Step)
		}
		var text bytes.Buffer
		if err := Diagnostic(&text, a.File, d, Style{}); err != nil {
			return err
		}
		if d.Severity >= j.failing {
			suite.Failures++
			c.Failure = &junitFailure{d.Severity.String(), Visible(d.Message), toCDATA(text.String())}
		} else {
			output := toCDATA(text.String())
			c.Output = &output
		}
		suite.Cases = append(suite.Cases, c)
	}
	for _, c := range a.Crashes {
		suite.Errors++
		message := Visible(c.Error())
		suite.Cases = append(suite.Cases, junitCase{
			Name: c.Rule, Class: name, Error: &junitFailure{"crash", message, toCDATA(message)},
		})
	}
	if suite.Cases == nil {
		suite.Cases = []junitCase{{Name: "no findings", Class: name}}
	}
	suite.Tests = len(suite.Cases)
	head := ""
	if !j.begun {
		head, j.begun = junitHead, true
	}
	return writeXML(j.w, head, suite)
}

func (j *junit) Close(Totals) error {
	end := "</testsuites>\n"
	if !j.begun {
		end = junitHead + end
	}
	_, err := io.WriteString(j.w, end)
	return err
}

// writeXML writes v behind a text, indented by one level.
func writeXML(w io.Writer, before string, v any) error {
	text, err := xml.MarshalIndent(v, "  ", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s%s\n", before, text)
	return err
}
