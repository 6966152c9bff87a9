package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/scenario"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// asker asks people for the answers of models and tools.
type asker struct {
	lines *bufio.Reader
	to    io.Writer
}

func newAsker(a *app) *asker { return &asker{bufio.NewReader(a.stdin), a.stderr} }

// errNoAnswer is the end of standard input.
const errNoAnswer = "there was no answer on standard input"

func (k *asker) line(prompt string) (string, bool) {
	fmt.Fprint(k.to, prompt)
	text, err := k.lines.ReadString('\n')
	if err != nil && text == "" {
		fmt.Fprintln(k.to)
		return "", false
	}
	return strings.TrimRight(text, "\r\n"), true
}

func (k *asker) model(c runtime.ModelCall) runtime.Answer {
	var b strings.Builder
	if c.HasSystem {
		fmt.Fprintf(&b, "%s is told: %s\n", c.Step.ID(), value.Str(c.System))
	}
	fmt.Fprintf(&b, "%s is asked: %s\n", c.Step.ID(), value.Str(c.Prompt))
	for text := range strings.Lines(b.String()) {
		fmt.Fprintln(k.to, report.Visible(strings.TrimRight(text, "\n")))
	}
	text, ok := k.line("its answer: ")
	if !ok {
		return runtime.Answer{Stop: fmt.Sprintf("the model of step %q has no answer: %s", c.Step.ID(), errNoAnswer)}
	}
	return runtime.Answer{Value: value.FromString(text)}
}

// tool asks for what a tool returns. A line that begins with "error:" is an exception.
func (k *asker) tool(c runtime.ToolCall) runtime.Answer {
	var args []string
	for _, p := range c.Args {
		args = append(args, p.Key+"="+string(value.AppendJSON(nil, p.Value)))
	}
	text, ok := k.line(report.Visible(fmt.Sprintf("%s(%s) returns (JSON or text, or error: TYPE: TEXT): ", c.Tool, strings.Join(args, ", "))))
	if !ok {
		return runtime.Answer{Stop: fmt.Sprintf("tool %q of step %q has no answer: %s", c.Tool, c.Step.ID(), errNoAnswer)}
	}
	if problem, isError := strings.CutPrefix(text, "error:"); isError {
		return runtime.Answer{Error: strings.TrimSpace(problem)}
	}
	return runtime.Answer{Value: literal(text)}
}

// payload asks for what a suspended run is resumed with; nothing leaves it suspended.
func (k *asker) payload(id string) (value.Value, bool) {
	for {
		text, ok := k.line(report.Visible(fmt.Sprintf("suspended at %s; resume with (JSON, or nothing to stop): ", id)))
		if !ok || strings.TrimSpace(text) == "" {
			return value.Value{}, false
		}
		v, err := value.Decode(text)
		if err == nil {
			return v, true
		}
		fmt.Fprintf(k.to, "it is not JSON: %s\n", report.Visible(err.Error()))
	}
}

// oneCase is the case of a scenario file that the flags name.
func (a *app) oneCase(loaded *programs, f *runFlags) (*scenario.Case, error) {
	file, lang, err := load(input{path: f.scenario})
	if err != nil {
		return nil, fmt.Errorf("--scenario %s: %w", f.scenario, reason(err))
	}
	setting, err := loaded.of(f.scenario)
	if err != nil {
		return nil, err
	}
	suite := scenario.Read(file, lang, setting.options.Target, loaded.beside(f.scenario))
	for _, n := range suite.Notes {
		a.complainAt(file, n.Span, errors.New(n.Message))
	}
	var names []string
	for _, c := range suite.Cases {
		if f.oneCase == "" || c.Name == f.oneCase {
			return c, nil
		}
		names = append(names, c.Name)
	}
	if f.oneCase == "" {
		return nil, fmt.Errorf("--scenario %s: the file holds no case that can be run", f.scenario)
	}
	return nil, fmt.Errorf("--scenario %s: there is no case %q%s", f.scenario, f.oneCase, spelling.DidYouMean(f.oneCase, names))
}

// readInputs reads a file of initial variables.
func readInputs(path string) ([]value.Pair, error) {
	f, lang, err := load(input{path: path})
	if err != nil {
		return nil, fmt.Errorf("--inputs %s: %w", path, reason(err))
	}
	if lang == syntax.Python {
		return nil, fmt.Errorf("--inputs %s: want JSON or YAML", path)
	}
	doc := syntax.Parse(f, lang)[0]
	at := func(span source.Span, message string) error {
		line, col := f.LineCol(span.Start)
		return fmt.Errorf("--inputs %s:%d:%d: %s", path, line, col, message)
	}
	if len(doc.Problems) > 0 {
		return nil, at(doc.Problems[0].Span, doc.Problems[0].Message)
	}
	if doc.Root.Kind != syntax.Map {
		return nil, at(doc.Root.Span, "want a mapping of names to values")
	}
	return runtime.ValueOf(doc.Root).Pairs(), nil
}
