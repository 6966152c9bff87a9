package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/nanolint/nanolint/paths"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

type pathsJSON struct {
	File       string     `json:"file"`
	Program    string     `json:"program"`
	Paths      []pathJSON `json:"paths"`
	Left       int        `json:"left_out"`
	Uncounted  bool       `json:"uncounted"`
	NotEntered int        `json:"loops_not_entered"`
	Unsure     []string   `json:"unsure"`
}

type pathJSON struct {
	Status     runtime.Status      `json:"status"`
	Error      *string             `json:"error"`
	Steps      []pathStepJSON      `json:"steps"`
	Conditions []pathConditionJSON `json:"conditions"`
	Missed     []string            `json:"missed"`
	Undecided  *string             `json:"undecided"`
	Example    json.RawMessage     `json:"example"`
}

type pathStepJSON struct {
	stateJSON
	Outcome *string `json:"outcome"`
}

type pathConditionJSON struct {
	Step    string            `json:"step"`
	Term    *string           `json:"term"`
	Answers []json.RawMessage `json:"answers"`
}

// Paths prints the paths of a program as one line of JSON.
func Paths(w io.Writer, file string, r *paths.Result) error {
	out := pathsJSON{
		File: file, Program: r.Program.Name, Paths: make([]pathJSON, len(r.Paths)),
		Left: r.Left, Uncounted: r.Uncounted, NotEntered: r.NotEntered, Unsure: append([]string{}, r.Unsure...),
	}
	for i, p := range r.Paths {
		out.Paths[i] = toPath(r.Program, p)
	}
	return writeJSON(w, "", out, "\n")
}

func toPath(p *program.Program, path *paths.Path) pathJSON {
	out := pathJSON{
		Status: path.Status, Error: orNull(path.Error), Undecided: orNull(path.Undecided),
		Steps: make([]pathStepJSON, 0, len(path.Moves)+1), Conditions: make([]pathConditionJSON, len(path.Conditions)),
		Missed: append([]string{}, path.Missed...),
	}
	for _, e := range path.Moves {
		on := e.On.String()
		out.Steps = append(out.Steps, pathStepJSON{toState(p, e.From), &on})
	}
	if path.Waits != nil {
		out.Steps = append(out.Steps, pathStepJSON{stateJSON: toState(p, path.End())})
	}
	for i, c := range path.Conditions {
		answers := make([]json.RawMessage, len(c.Answers))
		for k, v := range c.Answers {
			answers[k] = value.AppendJSON(nil, v)
		}
		out.Conditions[i] = pathConditionJSON{c.Step.ID(), orNull(c.Text), answers}
	}
	if path.Witness != nil {
		if text := []byte(syntax.Inline(path.Witness.Node(), syntax.JSON)); json.Valid(text) { // an infinity is not
			out.Example = text
		}
	}
	return out
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// PathsText prints the paths of a program for people. Those that miss a step which they should pass are marked.
func PathsText(w io.Writer, file string, r *paths.Result) error {
	var b bytes.Buffer
	b.WriteString(Visible(file))
	if r.Program.Name != "" {
		b.WriteString(": " + Visible(r.Program.Name))
	}
	fmt.Fprintf(&b, ": %s\n", count(len(r.Paths), "path"))
	for _, p := range r.Paths {
		pathText(&b, r.Program, p)
	}
	_, err := w.Write(b.Bytes())
	return err
}

func pathText(b *bytes.Buffer, p *program.Program, path *paths.Path) {
	mark := " "
	if len(path.Missed) > 0 {
		mark = "!"
	}
	fmt.Fprintf(b, "\n%s %s  ", mark, path.Status)
	for i, stop := range path.Route(p) {
		if i > 0 {
			b.WriteString(" → ")
		}
		b.WriteString(Visible(stop))
	}
	b.WriteByte('\n')
	detail := func(format string, args ...any) { fmt.Fprintf(b, "      "+format+"\n", args...) }
	for _, id := range path.Missed {
		detail("misses %q", Visible(id))
	}
	if path.Error != "" {
		detail("%s", Visible(path.Error))
	}
	if path.Undecided != "" {
		detail("undecided: %s", Visible(path.Undecided))
	}
	for _, c := range path.Conditions {
		if c.Text != "" {
			detail("%s: %s", Visible(c.Step.ID()), Visible(c.Text))
			continue
		}
		detail("%s %s", Visible(c.Step.ID()), answersText(c.Answers))
	}
}

// answersText says what a model answers. A sub-step that fails leaves None.
func answersText(answers []value.Value) string {
	var words []string
	fails := ""
	for _, v := range answers {
		if v.IsNone() {
			fails = "fails"
		} else {
			words = append(words, strconv.Quote(Visible(v.Text())))
		}
	}
	switch {
	case len(words) == 0:
		return fails
	case fails != "":
		return "answers " + strings.Join(words, " or ") + ", or " + fails
	}
	return "answers " + strings.Join(words, " or ")
}
