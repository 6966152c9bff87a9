package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"text/template"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

// Template is a text that somebody else has written, with places for findings.
type Template struct{ parsed *template.Template }

// ParseTemplate reads a template of package text/template. The name is for messages. Beside the functions of the
// package there are json, xml, join, lower and upper; docs/output.md describes them and the data.
func ParseTemplate(name, text string) (*Template, error) {
	t, err := template.New(name).Funcs(template.FuncMap{
		"json":  templateJSON,
		"xml":   templateXML,
		"join":  func(sep string, words []string) string { return strings.Join(words, sep) },
		"lower": strings.ToLower,
		"upper": strings.ToUpper,
	}).Option("missingkey=error").Parse(text)
	if err != nil {
		return nil, err
	}
	return &Template{t}, nil
}

func templateJSON(v any) (string, error) {
	var b bytes.Buffer
	err := writeJSON(&b, "", v, "")
	return b.String(), err
}

func templateXML(v any) (string, error) {
	var b bytes.Buffer
	err := xml.EscapeText(&b, []byte(fmt.Sprint(v)))
	return b.String(), err
}

// TemplateData is what a template is given. In texts, what a terminal would obey is spelled out.
type TemplateData struct {
	Files                   []TemplateFile
	Errors, Warnings, Infos int
}

// TemplateFile is a file that was checked.
type TemplateFile struct {
	Path     string
	Programs []string // their names
	Findings []TemplateFinding
}

// TemplateFinding is a diagnostic.
type TemplateFinding struct {
	Rule, Name, Family string // NL101, undefined-target, control-flow
	Severity           string // error, warning, info
	Rejects            bool   // the runtime refuses to construct the program because of this
	Message            string
	Path               string // of the file
	Line, Column       int    // from 1; the column in characters
	EndLine, EndColumn int
	Program            string // the name of the program
	Step, Pointer      string // empty if the finding is about the whole program
	Fixes              []string
	Fingerprint        string
	URL                string // of the rule's page
	Text               string // the finding as --format text prints it
}

// NewTemplate prints what a template makes of all findings.
func NewTemplate(w io.Writer, t *Template) Printer { return &templatePrinter{w: w, template: t} }

type templatePrinter struct {
	w        io.Writer
	template *Template
	data     TemplateData
}

func (p *templatePrinter) File(a *validator.Analysis) error {
	out := TemplateFile{Path: Visible(a.File.Name)}
	for _, program := range a.Programs {
		out.Programs = append(out.Programs, Visible(program.Name))
	}
	prints := a.Fingerprints()
	for i, d := range a.Diagnostics {
		if d.IsMuted() {
			continue
		}
		f, err := toTemplateFinding(a.File, d)
		if err != nil {
			return err
		}
		f.Fingerprint = prints[i]
		if d.Program < len(out.Programs) {
			f.Program = out.Programs[d.Program]
		}
		out.Findings = append(out.Findings, f)
	}
	p.data.Files = append(p.data.Files, out)
	return nil
}

func toTemplateFinding(f *source.File, d source.Diagnostic) (TemplateFinding, error) {
	var text bytes.Buffer
	if err := Diagnostic(&text, f, d, Style{}); err != nil {
		return TemplateFinding{}, err
	}
	at := toRange(f, d.Span)
	out := TemplateFinding{
		Rule: d.Rule, Severity: d.Severity.String(), Rejects: d.Rejects, Message: Visible(d.Message),
		Path: Visible(f.Name), Line: at.Start.Line, Column: at.Start.Column, EndLine: at.End.Line, EndColumn: at.End.Column,
		Step: Visible(d.Step), Pointer: Visible(d.Pointer), Text: text.String(),
	}
	if r := rules.Find(d.Rule); r != nil {
		out.Name, out.Family, out.URL = r.Name, r.Family(), r.URL()
	}
	for _, x := range d.Fixes {
		out.Fixes = append(out.Fixes, Visible(x.Title))
	}
	return out, nil
}

func (p *templatePrinter) Close(t Totals) error {
	p.data.Errors, p.data.Warnings, p.data.Infos = t.Errors, t.Warnings, t.Infos
	var b bytes.Buffer
	if err := p.template.parsed.Execute(&b, p.data); err != nil {
		return err
	}
	_, err := p.w.Write(b.Bytes())
	return err
}
