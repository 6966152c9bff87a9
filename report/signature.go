package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
)

type signatureJSON struct {
	File    string       `json:"file"`
	Program string       `json:"program"`
	Inputs  []inputJSON  `json:"inputs"`
	Outputs []outputJSON `json:"outputs"`
	Tools   []toolJSON   `json:"tools"`
}

type inputJSON struct {
	Name string    `json:"name"`
	Uses []useJSON `json:"uses"`
}

type useJSON struct {
	Step     string    `json:"step"`
	Site     string    `json:"site"`
	Argument string    `json:"argument,omitempty"`
	Range    rangeJSON `json:"range"`
}

type outputJSON struct {
	Name  string   `json:"name"`
	Steps []string `json:"steps"`
}

type toolJSON struct {
	Name      string   `json:"name"`
	Arguments []string `json:"arguments"`
	Steps     []string `json:"steps"`
}

// Signature prints the signature of a program as one line of JSON.
func Signature(w io.Writer, f *source.File, p *program.Program) error {
	sig := p.Signature()
	out := signatureJSON{
		File: f.Name, Program: p.Name,
		Inputs: []inputJSON{}, Outputs: []outputJSON{}, Tools: []toolJSON{},
	}
	for _, in := range sig.Inputs {
		uses := make([]useJSON, len(in.Uses))
		for i, u := range in.Uses {
			uses[i] = useJSON{u.Step.ID(), u.Site.String(), u.Arg, toRange(f, u.Span)}
		}
		out.Inputs = append(out.Inputs, inputJSON{in.Name, uses})
	}
	for _, o := range sig.Outputs {
		out.Outputs = append(out.Outputs, outputJSON{o.Name, idsOf(o.Steps)})
	}
	for _, t := range sig.Tools {
		out.Tools = append(out.Tools, toolJSON{t.Tool, append([]string{}, t.Arguments...), idsOf(t.Steps)})
	}
	return writeJSON(w, "", out, "\n")
}

func idsOf(steps []*program.Step) []string {
	ids := make([]string, len(steps))
	for i, s := range steps {
		ids[i] = s.ID()
	}
	return ids
}

// SignatureText prints the signature of a program for people.
func SignatureText(w io.Writer, f *source.File, p *program.Program) error {
	sig := p.Signature()
	var b bytes.Buffer
	b.WriteString(Visible(f.Name))
	if p.Name != "" {
		b.WriteString(": " + Visible(p.Name))
	}
	b.WriteByte('\n')
	section(&b, "inputs", len(sig.Inputs))
	for _, in := range sig.Inputs {
		fmt.Fprintf(&b, "    $%s\n", Visible(in.Name))
		for _, u := range in.Uses {
			line, col := f.LineCol(u.Span.Start)
			where := u.Site.String()
			if u.Arg != "" {
				where += " " + Visible(u.Arg)
			}
			fmt.Fprintf(&b, "        %d:%d: %s of %q\n", line, col, where, Visible(u.Step.ID()))
		}
	}
	section(&b, "outputs", len(sig.Outputs))
	for _, o := range sig.Outputs {
		fmt.Fprintf(&b, "    $%s, by %s\n", Visible(o.Name), visibleList(idsOf(o.Steps)))
	}
	section(&b, "tools", len(sig.Tools))
	for _, t := range sig.Tools {
		fmt.Fprintf(&b, "    %s(%s)\n", Visible(t.Tool), visibleList(t.Arguments))
	}
	_, err := w.Write(b.Bytes())
	return err
}

func section(b *bytes.Buffer, name string, n int) {
	if n == 0 {
		name += ": none"
	}
	fmt.Fprintf(b, "  %s\n", name)
}

func visibleList(words []string) string {
	shown := make([]string, len(words))
	for i, w := range words {
		shown[i] = Visible(w)
	}
	return strings.Join(shown, ", ")
}
