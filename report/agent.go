package report

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// NewAgent prints findings for a language model that is to repair the program: one a line, with the rule, the
// step and the field, what is wrong and what to write instead, in as few tokens as that takes; and a last line
// that says what to do next. Above the findings of a file stands its name, unless it is the one given, which
// means nothing to a model. Infos are left out: a model would try to mend them.
func NewAgent(w io.Writer, unnamed string) Printer {
	return &agent{w: bufio.NewWriter(w), unnamed: unnamed}
}

type agent struct {
	w       *bufio.Writer
	unnamed string
	found   int
}

func (g *agent) File(a *validator.Analysis) error {
	named := a.File.Name == g.unnamed
	for _, d := range told(a) {
		if d.Severity == source.Info {
			continue
		}
		if !named {
			named = true
			fmt.Fprintf(g.w, "# %s\n", Visible(a.File.Name))
		}
		g.found++
		fmt.Fprintln(g.w, agentLine(a, d))
	}
	return g.w.Flush()
}

func (g *agent) Close(t Totals) error {
	switch {
	case t.Files == 0:
		fmt.Fprintln(g.w, "No program found. Answer with a program: one JSON object with a list of steps.")
	case g.found == 0:
		fmt.Fprintln(g.w, "Nothing to repair.")
	default:
		fmt.Fprintln(g.w, "Repair these findings, change nothing else, and answer with the whole program as one JSON object.")
	}
	return g.w.Flush()
}

// agentLine is a finding as one line: NL101 paid.otherwise: what is wrong -> what to write.
func agentLine(a *validator.Analysis, d source.Diagnostic) string {
	where := agentPlace(d)
	if r := rules.Find(d.Rule); r != nil && r.Family() == rules.DocumentFamily {
		line, col := a.File.LineCol(inside(a.File, d.Span).Start)
		where += fmt.Sprintf(" at %d:%d", line, col)
	}
	if len(a.Programs) > 1 {
		where = fmt.Sprintf("program %d, %s", d.Program+1, where)
	}
	wrong, instead := agentWords(d)
	return fmt.Sprintf("%s %s: %s -> %s", d.Rule, where, Visible(wrong), Visible(instead))
}

// agentPlace is the step and the field of a finding: paid.otherwise. Without a step it is the pointer.
func agentPlace(d source.Diagnostic) string {
	if d.Step == "" {
		if d.Pointer == "" {
			return "program"
		}
		return Visible(d.Pointer)
	}
	place := Visible(d.Step)
	if strings.ContainsAny(place, " .:\"") {
		place = strconv.Quote(place)
	}
	parts := strings.Split(strings.TrimPrefix(d.Pointer, "/"), "/")
	for len(parts) >= 2 && (parts[0] == "steps" || parts[0] == "parallel_steps") {
		parts = parts[2:]
	}
	if d.Rule >= "NL1" && len(parts) == 1 && parts[0] == "id" {
		return place // the step as a whole, which is told at its id
	}
	for depth, field := range parts {
		if depth == agentDepth {
			return place + ".…"
		}
		if field != "" {
			place += "." + Visible(field)
		}
	}
	return place
}

// agentDepth is how many keys and indexes lead into a field: a deeper place costs more words than it is worth.
const agentDepth = 5

// agentWords is what is wrong and what to write instead: what the first fix does, or else what the message says
// behind its colon, if that is an advice, or else what the rule advises.
func agentWords(d source.Diagnostic) (wrong, instead string) {
	wrong, rest := validator.Statement(d.Message)
	switch r := rules.Find(d.Rule); {
	case len(d.Fixes) > 0:
		return wrong, d.Fixes[0].Title
	case isAdvice(rest) || r == nil:
		return wrong, rest
	default:
		advice := r.Advice()
		return d.Message, strings.ToLower(advice[:1]) + advice[1:]
	}
}

// isAdvice reports whether a sentence tells to do something: messages that explain begin otherwise.
func isAdvice(s string) bool {
	first, _, _ := strings.Cut(s, " ")
	switch first {
	case "add", "allow", "ask", "branch", "compare", "compute", "did", "give", "keep", "leave", "let", "list", "make",
		"move", "name", "parse", "pass", "pick", "prefer", "put", "read", "remove", "rename", "save", "say", "set", "split",
		"swap", "turn", "use", "write":
		return true
	}
	return false
}
