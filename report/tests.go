package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/value"
)

// Tests is the outcome of workflow tests.
type Tests struct {
	Cases     []Test
	Coverage  []ProgramCoverage // nil if nobody asked
	Unchecked int               // how many cases expect nothing
}

// Test is the outcome of one case.
type Test struct {
	Name        string
	File        *source.File
	Program     *source.File // that the program of the case stands in
	Span        source.Span  // of the case
	Differences []scenario.Difference
}

// sentence says what came instead of what was expected.
func (t *Test) sentence(d *scenario.Difference) string {
	if d.Node == nil && len(d.Refused) > 0 {
		line, col := t.Program.LineCol(d.Refused[0].Span.Start)
		text := fmt.Sprintf("the machine refuses the program: %s:%d:%d: %s", Visible(t.Program.Name), line, col, Visible(d.Refused[0].Message))
		if more := len(d.Refused) - 1; more > 0 {
			text += fmt.Sprintf(", and for %s", count(more, "other reason"))
		}
		return text
	}
	want, got := string(value.AppendJSON(nil, d.Expected)), string(value.AppendJSON(nil, d.Actual))
	same := 0
	if max(len(want), len(got)) > longestValue {
		same = commonBeginning(want, got)
	}
	return fmt.Sprintf("%s: want %s, got %s", Visible(d.Path), shortened(Visible(want[same:]), same > 0), shortened(Visible(got[same:]), same > 0))
}

// commonBeginning is how many bytes of two values can be left out because they are the same, with some before the
// difference left to see where it is.
func commonBeginning(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	n -= longestValue / 3
	if n <= longestValue/6 {
		return 0
	}
	for !utf8.RuneStart(a[n]) {
		n--
	}
	return n
}

// ProgramCoverage is what tests have covered of one program.
type ProgramCoverage struct {
	Path string // of its file, as the user gave it or the scenario file has it
	File *source.File
	*scenario.Coverage
}

// Failed is how many cases failed.
func (t *Tests) Failed() int {
	n := 0
	for i := range t.Cases {
		if len(t.Cases[i].Differences) > 0 {
			n++
		}
	}
	return n
}

// Text writes a line for each difference, what is not covered, and a summary.
func (t *Tests) Text(w io.Writer, files int, quiet bool) error {
	var b bytes.Buffer
	for i := range t.Cases {
		c := &t.Cases[i]
		for _, d := range c.Differences {
			line, col := c.File.LineCol(d.Span.Start)
			fmt.Fprintf(&b, "%s:%d:%d: %s: %s\n", Visible(c.File.Name), line, col, Visible(c.Name), c.sentence(&d))
		}
	}
	for _, c := range t.Coverage {
		c.text(&b)
	}
	if failed := t.Failed(); failed > 0 {
		fmt.Fprintf(&b, "%d of %s in %s failed\n", failed, count(len(t.Cases), "case"), count(files, "file"))
	} else if !quiet && len(t.Cases) > 0 {
		fmt.Fprintf(&b, "%s in %s passed\n", count(len(t.Cases), "case"), count(files, "file"))
	}
	if t.Unchecked > 0 {
		fmt.Fprintf(&b, "%s without expect: nanolint test --update writes down what comes of them\n", count(t.Unchecked, "case"))
	}
	_, err := w.Write(b.Bytes())
	return err
}

// longestValue is how many bytes of a value a line shows.
const longestValue = 120

func shortJSON(v value.Value) string {
	return shortened(Visible(string(value.AppendJSON(nil, v))), false)
}

// shortened is a text as far as a line shows it; begun is whether something was left out before it.
func shortened(text string, begun bool) string {
	if begun {
		text = "…" + text
	}
	if len(text) <= longestValue {
		return text
	}
	cut := longestValue
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}

func (c *ProgramCoverage) text(b *bytes.Buffer) {
	fmt.Fprintf(b, "%s: %.0f%% covered: %d of %d states, %d of %d branches, %d of %d outcomes\n", Visible(c.Path), c.Percent(),
		c.States.Covered, c.States.Total, c.Branches.Covered, c.Branches.Total, c.Outcomes.Covered, c.Outcomes.Total)
	for _, m := range c.Missing {
		line, col := c.File.LineCol(c.place(m).Start)
		fmt.Fprintf(b, "  %s:%d:%d: %s\n", Visible(c.Path), line, col, c.sentence(m))
	}
}

func (c *ProgramCoverage) place(m scenario.Missing) source.Span {
	return c.Program.Steps[m.State.Step].Place()
}

// sentence says what has not happened.
func (c *ProgramCoverage) sentence(m scenario.Missing) string {
	step := c.Program.Steps[m.State.Step]
	name := fmt.Sprintf("%q", step.ID())
	if m.State.Entry == program.Inline {
		name += " as a branch"
	}
	if !m.Entered {
		return name + " never ran"
	}
	ref, truth := &step.Then, "true"
	switch m.Outcome {
	case program.False:
		ref, truth = &step.Otherwise, "false"
		fallthrough
	case program.True:
		if ref.Named() {
			return fmt.Sprintf("%s was never %s: no case goes to %q", name, truth, ref.Name())
		}
		return fmt.Sprintf("%s was never %s", name, truth)
	case program.Done:
		return name + " never succeeded"
	case program.Pending:
		return name + " never suspended"
	case program.Failed:
		return name + " never failed"
	}
	return fmt.Sprintf("%s was never %s", name, m.Outcome)
}

type testsJSON struct {
	Version int `json:"version"`
	Summary struct {
		Cases  int `json:"cases"`
		Passed int `json:"passed"`
		Failed int `json:"failed"`
	} `json:"summary"`
	Cases    []testJSON     `json:"cases"`
	Coverage []coverageJSON `json:"coverage,omitempty"`
}

type testJSON struct {
	Name        string           `json:"name"`
	File        string           `json:"file"`
	Passed      bool             `json:"passed"`
	Differences []differenceJSON `json:"differences"`
}

type differenceJSON struct {
	Path     string    `json:"path"`
	Expected valueJSON `json:"expected"`
	Actual   valueJSON `json:"actual"`
	Range    rangeJSON `json:"range"`
}

type coverageJSON struct {
	File     string         `json:"file"`
	Program  string         `json:"program"`
	Percent  float64        `json:"percent"`
	States   scenario.Share `json:"states"`
	Branches scenario.Share `json:"branches"`
	Outcomes scenario.Share `json:"outcomes"`
	Missing  []missingJSON  `json:"missing"`
}

type missingJSON struct {
	Step    string    `json:"step"`
	Entry   string    `json:"entry"`
	Outcome *string   `json:"outcome"`
	Range   rangeJSON `json:"range"`
}

// valueJSON is a value as JSON. Numbers that JSON has no words for, nan and the infinities, are strings.
type valueJSON struct{ value.Value }

// MarshalJSON writes the value.
func (v valueJSON) MarshalJSON() ([]byte, error) {
	return value.AppendJSON(nil, value.Finite(v.Value, inWords)), nil
}

func inWords(v value.Value) value.Value { return value.FromString(value.Repr(v)) }

// JSON writes everything as one object.
func (t *Tests) JSON(w io.Writer) error {
	out := testsJSON{Version: Version, Cases: []testJSON{}}
	out.Summary.Cases, out.Summary.Failed = len(t.Cases), t.Failed()
	out.Summary.Passed = out.Summary.Cases - out.Summary.Failed
	for i := range t.Cases {
		c := &t.Cases[i]
		one := testJSON{Name: c.Name, File: strings.ToValidUTF8(c.File.Name, "\ufffd"), Passed: len(c.Differences) == 0, Differences: []differenceJSON{}}
		for _, d := range c.Differences {
			one.Differences = append(one.Differences, differenceJSON{d.Path, valueJSON{d.Expected}, valueJSON{d.Actual}, toRange(c.File, d.Span)})
		}
		out.Cases = append(out.Cases, one)
	}
	for _, c := range t.Coverage {
		one := coverageJSON{File: strings.ToValidUTF8(c.Path, "\ufffd"), Program: c.Program.Name, Percent: c.Percent(),
			States: c.States, Branches: c.Branches, Outcomes: c.Outcomes, Missing: []missingJSON{}}
		for _, m := range c.Missing {
			missing := missingJSON{Step: c.Program.Steps[m.State.Step].ID(), Entry: m.State.Entry.String(), Range: toRange(c.File, c.place(m))}
			if m.Entered {
				outcome := m.Outcome.String()
				missing.Outcome = &outcome
			}
			one.Missing = append(one.Missing, missing)
		}
		out.Coverage = append(out.Coverage, one)
	}
	return writeJSON(w, "", out, "\n")
}

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

// JUnit writes a test suite for each file. Nothing is timed.
func (t *Tests) JUnit(w io.Writer) error {
	all := junitSuites{Tests: len(t.Cases), Failures: t.Failed()}
	for i := range t.Cases {
		c := &t.Cases[i]
		name := strings.ToValidUTF8(c.File.Name, "\ufffd")
		if n := len(all.Suites); n == 0 || all.Suites[n-1].Name != name {
			all.Suites = append(all.Suites, junitSuite{Name: name})
		}
		s := &all.Suites[len(all.Suites)-1]
		line, _ := c.File.LineCol(c.Span.Start)
		one := junitCase{Name: Visible(c.Name), Class: name, File: name, Line: line}
		if len(c.Differences) > 0 {
			s.Failures++
			d, text := c.Differences[0], ""
			one.Failure = &junitFailure{Message: c.sentence(&d)}
			for _, d := range c.Differences {
				line, col := c.File.LineCol(d.Span.Start)
				text += fmt.Sprintf("%s:%d:%d: %s\n", name, line, col, c.sentence(&d))
			}
			one.Failure.cdata = toCDATA(text)
		}
		s.Tests++
		s.Cases = append(s.Cases, one)
	}
	text, err := xml.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, text)
	return err
}
