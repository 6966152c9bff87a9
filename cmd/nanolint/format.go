package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
)

// formatNames are the formats of findings; the first is the default.
var formatNames = []string{
	"text", "concise", "json", "jsonl", "sarif", "junit", "github", "gitlab", "checkstyle", "rdjson",
	"markdown", "template", "agent",
}

// format is a format and the file that it goes to; an empty one is standard output, or what --output says.
type format struct{ name, file string }

// formats is the value of a flag that may be repeated: NAME or NAME=FILE.
type formats struct {
	list []format
	set  bool // list is not the default any more
}

func (f *formats) String() string {
	words := make([]string, len(f.list))
	for i, x := range f.list {
		words[i] = x.name
		if x.file != "" {
			words[i] += "=" + x.file
		}
	}
	return strings.Join(words, ",")
}

func (f *formats) Type() string { return "FORMAT[=FILE]" }

func (f *formats) Set(s string) error {
	name, file, hasFile := strings.Cut(s, "=")
	switch {
	case !slices.Contains(formatNames, name):
		return fmt.Errorf("want %s%s", strings.Join(formatNames, ", "), didYouMean(name, formatNames))
	case hasFile && file == "":
		return fmt.Errorf("name a file behind %s=", name)
	}
	if !f.set {
		f.list, f.set = nil, true
	}
	for _, other := range f.list {
		switch {
		case filepath.Clean(other.file) != filepath.Clean(file):
		case file == "":
			return fmt.Errorf("%s and %s cannot both go to one output: give one a file, as in --format %s=FILE", other.name, name, name)
		default:
			return fmt.Errorf("%s and %s cannot both go to %s", other.name, name, file)
		}
	}
	f.list = append(f.list, format{name, file})
	return nil
}

// unlike is the first format that is none of the words or goes to a file of its own.
func (f *formats) unlike(words ...string) (format, bool) {
	for _, x := range f.list {
		if x.file != "" || !slices.Contains(words, x.name) {
			return x, true
		}
	}
	return format{}, false
}

// addFormats adds --format and completes it: formats, and files behind an equals sign.
func addFormats(c *cobra.Command, v *formats) {
	v.list = []format{{name: formatNames[0]}}
	c.Flags().Var(v, "format", "how to print findings, and where to; may be repeated: "+strings.Join(formatNames, ", "))
	// Only a flag that does not exist or is registered twice is an error.
	_ = c.RegisterFlagCompletionFunc("format", completeFormats)
}

func completeFormats(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	name, file, hasFile := strings.Cut(typed, "=")
	if !hasFile {
		return formatNames, cobra.ShellCompDirectiveNoFileComp
	}
	var words []string
	found, _ := filepath.Glob(file + "*") // what is no pattern completes nothing
	for _, path := range found {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			path += string(filepath.Separator)
		}
		words = append(words, name+"="+path)
	}
	return words, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// sink is a printer and the outputs that it writes to.
type sink struct {
	report.Printer
	outputs []*output
}

// openSink opens what findings are printed to. Nothing is left behind if one of the files cannot be opened.
func (a *app) openSink(f *checkFlags, args []string) (_ *sink, err error) {
	template, err := f.readTemplate()
	if err != nil {
		return nil, err
	}
	s := &sink{}
	defer func() {
		if err != nil {
			s.discard()
		}
	}()
	several := len(f.format.list) > 1
	if several {
		signal.Ignore(syscall.SIGPIPE) // see untilClosed
	}
	var printers []report.Printer
	stated := f.output == ""
	for _, x := range f.format.list {
		var out *output
		switch {
		case x.file == "":
			stated = true
			out, err = a.openFindings(f, args)
		case f.output != "" && filepath.Clean(x.file) == filepath.Clean(f.output):
			err = fmt.Errorf("--output %s: %s goes there, too", f.output, x.name)
		default:
			out, err = a.openTarget("--format "+x.name+"=", x.file)
		}
		if err != nil {
			return nil, err
		}
		s.outputs = append(s.outputs, out)
		p := a.printer(f, x.name, template, out)
		if several {
			p = &untilClosed{Printer: p}
		}
		printers = append(printers, p)
	}
	if !stated {
		return nil, fmt.Errorf("--output %s: each format has a file of its own: leave out one of the two", f.output)
	}
	s.Printer = report.NewAll(printers...)
	return s, nil
}

// untilClosed prints until nobody reads any more, as in nanolint check | head: the other formats still get what
// is theirs.
type untilClosed struct {
	report.Printer
	closed bool
}

func (u *untilClosed) File(a *validator.Analysis) error {
	return u.unlessClosed(func() error { return u.Printer.File(a) })
}

func (u *untilClosed) Close(t report.Totals) error {
	return u.unlessClosed(func() error { return u.Printer.Close(t) })
}

func (u *untilClosed) unlessClosed(print func() error) error {
	if u.closed {
		return nil
	}
	err := print()
	if u.closed = isClosedPipe(err); u.closed {
		return nil
	}
	return err
}

// writesFiles reports whether there are files that should be there whole or not at all.
func (s *sink) writesFiles() bool {
	return slices.ContainsFunc(s.outputs, func(o *output) bool { return o.file != nil })
}

func (s *sink) commit() error {
	var all []error
	for _, o := range s.outputs {
		all = append(all, o.commit())
	}
	return errors.Join(all...)
}

func (s *sink) discard() {
	for _, o := range s.outputs {
		o.discard()
	}
}

// readTemplate reads the template of --template: the text itself if it holds a place for findings, and
// else a file, with or without the @ that some tools want before its name.
func (f *checkFlags) readTemplate() (*report.Template, error) {
	wanted := slices.ContainsFunc(f.format.list, func(x format) bool { return x.name == "template" })
	switch {
	case wanted && f.template == "":
		return nil, errors.New("--format template needs a template: add --template FILE")
	case !wanted && f.template != "":
		return nil, errors.New("--template needs --format template")
	case !wanted:
		return nil, nil
	}
	name, text := "--template", f.template
	if !strings.Contains(text, "{{") {
		name = strings.TrimPrefix(f.template, "@")
		var err error
		if text, err = readFile(name); err != nil {
			return nil, fmt.Errorf("--template %s: %w", name, reason(err))
		}
	}
	t, err := report.ParseTemplate(name, text)
	if err != nil {
		return nil, fmt.Errorf("--template: %s", strings.TrimPrefix(err.Error(), "template: "))
	}
	return t, nil
}

// printer is the printer of a format.
func (a *app) printer(f *checkFlags, name string, t *report.Template, out *output) report.Printer {
	style := report.Style{Quiet: f.quiet, NoSource: !f.showSource}
	if f.color.value == "always" || f.color.value == "auto" && isTerminal(out.Writer) && wantsColor() {
		style.Palette = report.Colored()
	}
	if f.statistics {
		return report.NewStatistics(out, style.Palette, f.quiet)
	}
	return map[string]func(io.Writer) report.Printer{
		"text":       func(w io.Writer) report.Printer { return report.NewText(w, style) },
		"concise":    func(w io.Writer) report.Printer { return report.NewConcise(w, style.Palette) },
		"json":       report.NewJSON,
		"jsonl":      report.NewJSONLines,
		"sarif":      func(w io.Writer) report.Printer { return report.NewSARIF(w, buildVersion()) },
		"junit":      func(w io.Writer) report.Printer { return report.NewJUnit(w, f.failing()) },
		"github":     report.NewGitHub,
		"gitlab":     report.NewGitLab,
		"checkstyle": report.NewCheckstyle,
		"rdjson":     report.NewRDJSON,
		"markdown":   report.NewMarkdown,
		"template":   func(w io.Writer) report.Printer { return report.NewTemplate(w, t) },
		"agent":      func(w io.Writer) report.Printer { return report.NewAgent(w, stdinName) },
	}[name](out)
}

// failing is the least severity that makes the exit status 1, as the flag says, or else the configuration of the current
// directory.
func (f *checkFlags) failing() source.Severity {
	here, err := f.settings.of(stdinName)
	if err != nil {
		return source.Error // its files are not checked
	}
	return here.failing()
}

// wantsColor reports whether the environment allows colour.
func wantsColor() bool { return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" }
