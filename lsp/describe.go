package lsp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/schema"
)

// What there is to say about things, in Markdown. The facts are those of other packages.

// code is text as Markdown code, whatever it holds.
func code(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	mark := "`"
	for strings.Contains(text, mark) {
		mark += "`"
	}
	if len(mark) > 1 || text == "" {
		return mark + " " + text + " " + mark
	}
	return mark + text + mark
}

func codes(texts []string) string {
	all := make([]string, len(texts))
	for i, t := range texts {
		all[i] = code(t)
	}
	return strings.Join(all, ", ")
}

// describeField is the documentation of a field.
func describeField(f *schema.Field) string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s** · %s\n\n%s\n", f.Name, f.Title, f.Description)
	if len(f.StepTypes) > 0 {
		fmt.Fprintf(&b, "\nRead by steps of type %s.\n", codes(f.StepTypes))
	}
	switch {
	case f.Required:
		b.WriteString("\nRequired.\n")
	case f.Default != "" && f.Default != "null":
		fmt.Fprintf(&b, "\nDefault: %s.\n", code(f.Default))
	}
	for _, v := range f.Values {
		fmt.Fprintf(&b, "- %s: %s\n", code(v.Name), v.Description)
	}
	if len(f.Examples) > 0 {
		fmt.Fprintf(&b, "\nFor example %s.\n", code(f.Examples[0]))
	}
	return b.String()
}

// describeStep is a step in short: what it is, how control comes to it, what may follow, and what it writes.
func (f *flow) describeStep(s *program.Step) string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s** · %s step\n", escape(s.ID()), s.Kind)
	if text := detail(s); text != "" {
		fmt.Fprintf(&b, "\n%s\n", code(text))
	}
	if s.Parent != nil {
		fmt.Fprintf(&b, "\nRuns inside the parallel block %s.\n\nWrites: %s.\n", code(s.Parent.ID()), codes([]string{"$" + s.ID()}))
		return b.String()
	}
	states := f.states(s)
	if len(states) == 0 {
		b.WriteString("\nIs never reached.\n")
	}
	list := func(title string, lines []string) {
		if len(lines) > 0 {
			fmt.Fprintf(&b, "\n%s\n", title)
			for _, l := range lines {
				fmt.Fprintf(&b, "- %s\n", l)
			}
		}
	}
	list("Entered:", f.entries(s))
	if s.Kind == program.Unknown {
		states = nil // what may follow depends on the type
	}
	for _, at := range states {
		title := "Then:"
		if len(states) > 1 {
			title = "Then, entered " + entryWords[at.Entry] + ":"
		}
		list(title, f.exits(at))
	}
	var written []string
	for name := range s.Writes {
		written = append(written, "$"+name)
	}
	if len(written) > 0 {
		fmt.Fprintf(&b, "\nWrites: %s.\n", codes(written))
	}
	return b.String()
}

var entryWords = [...]string{program.Sequential: "in sequence", program.Inline: "as a branch"}

// detail is what a step does, in a few words.
func detail(s *program.Step) string {
	switch {
	case s.Kind == program.Condition && s.Condition != nil:
		return s.Condition.Text.Value
	case s.Kind == program.Tool && s.Tool != nil:
		return s.Tool.Text.Value
	case s.Kind == program.LLM && s.Prompt != nil:
		return shortened(s.Prompt.Text.Value)
	case s.Kind == program.Parallel:
		return fmt.Sprintf("%d sub-steps", len(s.Subs))
	}
	return ""
}

func shortened(text string) string {
	const most = 60
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

// entries are the ways in which control comes to a step.
func (f *flow) entries(s *program.Step) []string {
	var lines []string
	if s.Index == 0 {
		lines = append(lines, "at the start")
	}
	var into []int32
	for _, at := range f.states(s) {
		into = append(into, f.graph().Backward().Into(at)...)
	}
	slices.Sort(into)
	for _, i := range into {
		e := f.graph().Edges[i]
		line := fmt.Sprintf("%s of %s", reasonWords(e), code(f.program.Steps[e.From.Step].ID()))
		if e.To.Entry == program.Inline {
			line += ", inline"
		}
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return few(lines)
}

// few is the beginning of a long list.
func few(lines []string) []string {
	const most = 12
	if len(lines) > most {
		return append(lines[:most:most], fmt.Sprintf("and %d more", len(lines)-most))
	}
	return lines
}

// reasonWords is how a move came about.
func reasonWords(e graphcheck.Edge) string {
	switch e.Why {
	case program.InList:
		return "behind, in the list,"
	case program.ByNextStep, program.ByBranch:
		return code(e.Via.Field)
	case program.Restart:
		return "by starting over, for want of a branch"
	case program.AfterResume:
		return "when the run resumes, behind the end"
	}
	return "by the end"
}

// exits are what may follow a state, by what came of its step.
func (f *flow) exits(at program.State) []string {
	var lines []string
	for _, e := range f.graph().From(at) {
		lines = append(lines, fmt.Sprintf("%s: %s", e.On, f.moveWords(e)))
	}
	return lines
}

// moveWords is where a move leads.
func (f *flow) moveWords(e graphcheck.Edge) string {
	switch {
	case e.Halt == program.Suspended && e.To != program.Nowhere:
		return "the run suspends, and resumes at " + f.target(e)
	case e.Halt == program.Suspended:
		return "the run suspends, and ends when it is resumed"
	case e.Why == program.Restart:
		return "the run starts over at " + f.target(e)
	case e.To != program.Nowhere:
		return f.target(e)
	case e.Why == program.NoSuchStep:
		return "the run fails: there is no step " + code(e.Via.Name())
	case e.Why == program.NoBranch:
		return "the run fails: there is no " + code(e.Via.Field)
	case e.Halt == program.Failure:
		return "the run fails"
	}
	return "the run ends, in success"
}

func (f *flow) target(e graphcheck.Edge) string { return code(f.program.Steps[e.To.Step].ID()) }

// describeName is what a variable stands for where it is read.
func (f *flow) describeName(n *names, u *program.Use, at int) string {
	root := n.rootOf(u)
	var b strings.Builder
	fmt.Fprintf(&b, "**%s** · %s\n", escape(u.Path.String()), root.kind)
	top := u.Step
	for top.Parent != nil {
		top = top.Parent
	}
	switch root.kind {
	case inputName:
		b.WriteString("\nNothing in the program writes it: it is an input of the run.\n")
		return b.String()
	case systemName:
		b.WriteString("\nThe machine writes it when the run resumes.\n")
		return b.String()
	}
	st, known := f.standing(top, root.text, root.kind == keyName)
	switch {
	case !known:
		fmt.Fprintf(&b, "\nWritten by %s.\n", codes(idsOf(n.writersOf(root))))
	case len(st.writers) == 0:
		b.WriteString("\nNo way here writes it.\n")
	default:
		fmt.Fprintf(&b, "\nWritten by %s.", codes(idsOf(st.writers)))
		if st.unset {
			b.WriteString(" Some way here writes it nowhere.")
		}
		b.WriteString("\n")
	}
	if u.Site == program.InCondition {
		if d, known := f.values(top, u.Path[:at+1]); known {
			if words := spelled(d); len(words) > 0 {
				fmt.Fprintf(&b, "\nMay be %s.\n", codes(words))
			}
		}
	} else if words := n.answers(root); len(u.Path) == 1 && len(words) > 0 {
		fmt.Fprintf(&b, "\nMay be %s.\n", codes(words))
	}
	return b.String()
}

// answers is the allowed answers of the one model step that writes a name.
func (n *names) answers(of name) []string {
	writers := n.writersOf(of)
	if len(writers) != 1 || writers[0].AllowedOutputs == nil {
		return nil
	}
	var words []string
	for _, entry := range writers[0].AllowedOutputs.Items {
		words = append(words, entry.Text.Value)
	}
	return words
}

func idsOf(steps []*program.Step) []string {
	ids := make([]string, len(steps))
	for i, s := range steps {
		ids[i] = s.ID()
	}
	return ids
}

// escape is text as Markdown text.
func escape(text string) string {
	return strings.NewReplacer("\\", "\\\\", "*", "\\*", "_", "\\_", "`", "\\`", "[", "\\[", "<", "&lt;", "\n", " ").Replace(text)
}
