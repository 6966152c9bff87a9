package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/nanolint/nanolint/gateway"
	"github.com/nanolint/nanolint/syntax"
)

// Programs also stand elsewhere than in files of their own: in what is piped, and in the gateway's database.

// databaseExt is the extension of the databases that a search looks into.
const databaseExt = ".db"

var errDatabase = errors.New("it is a SQLite database: nanolint check and nanolint inputs read the programs in the gateway's, and fixes are not made there")

// langFlag is the value of --stdin-format; empty for auto.
type langFlag string

// langFlags are the values of --stdin-format, and what they mean.
var langFlags = map[langFlag]syntax.Lang{"json": syntax.JSON, "yaml": syntax.YAML, "python": syntax.Python, "markdown": syntax.Markdown, "llm": syntax.LLM}

// addElsewhere adds the flags that say where else programs stand than in files.
func (f *checkFlags) addElsewhere(c *cobra.Command) {
	c.Flags().BoolVar(&f.changed, "changed", false, "check only files that differ from git's HEAD, and new ones")
	c.Flags().StringVar(&f.since, "since", "", "check only files changed since the branch left `REV`; of a gateway's database, with a time such as 2026-11-01, only programs saved since then")
	c.Flags().StringArrayVar(&f.python, "python", nil, "import `MODULE:ATTR` and check the program, or the programs, that it is or returns; runs your code")
	c.Flags().StringVar(&f.pythonBin, "python-bin", "python3", "the `INTERPRETER` of --python")
	c.Flags().StringVar(&f.id, "program", "", "of a gateway's database, check only the program with this `ID`")
}

// finder finds what check is to read.
func (a *app) finder(ctx context.Context, f *checkFlags, args []string) (*finder, error) {
	q := gateway.Query{ID: f.id}
	if f.since != "" && !f.sinceRevision() {
		q.Since, _ = parseTime(f.since)
	}
	find := &finder{args: args, stdin: a.stdin, stdinName: f.stdinFilename, rows: rowsOf(ctx, q),
		excludes: f.settings.excludes, forceExclude: f.forceExclude, programsOnly: f.programsOnly}
	switch changed, err := f.changes(ctx, args); {
	case err != nil:
		return nil, err
	case changed != nil:
		find.takes = newSelection(changed, &f.settings, f.baseline).takes
	}
	writes := f.fixes() != noFixes
	if writes {
		find.rows = nil // nothing is written into a database
	}
	if f.stdinFormat.value != "auto" {
		find.stdinLang = langFlag(f.stdinFormat.value)
	}
	if len(f.python) > 0 && writes {
		return nil, errors.New("--python checks what code makes, and fixes and suppressions are written into files: leave out either")
	}
	for _, spec := range f.python {
		made, err := a.runPython(ctx, f.pythonBin, spec)
		if err != nil {
			return nil, err
		}
		find.made = append(find.made, made...)
	}
	return find, nil
}

// changes are the files that --changed or --since REV leave; nil for all.
func (f *checkFlags) changes(ctx context.Context, args []string) (changes, error) {
	switch {
	case f.sinceRevision():
		found, err := changesBelow(ctx, "--since", f.since, args)
		if err != nil && ctx.Err() == nil && !errors.Is(err, errUnrelated) && f.fixes() == noFixes {
			err = fmt.Errorf("%w; a time is written as in 2026-11-01 or 2026-11-01T09:30:00Z", err)
		}
		return found, err
	case f.changed:
		return changesBelow(ctx, "--changed", "", args)
	}
	return nil, nil
}

// sinceRevision reports whether --since names a revision of git, and not a time.
func (f *checkFlags) sinceRevision() bool {
	_, isTime := parseTime(f.since)
	return f.since != "" && !isTime
}

// takesChanges reports whether only what git calls changed is to be checked.
func (f *checkFlags) takesChanges() bool { return f.changed || f.sinceRevision() }

// refuseWithChanges is the complaint about flags that mean nothing for a part of the files.
func (f *checkFlags) refuseWithChanges() error {
	switch {
	case f.since != "" && !f.sinceRevision() && f.fixes() != noFixes:
		return fmt.Errorf("--since %s is a time, which is for databases, and nothing is written into those: name a revision of git", f.since)
	case !f.takesChanges():
		return nil
	case f.changed && f.sinceRevision():
		return errors.New("--since REV takes what --changed does, too: leave out --changed")
	case f.updateBaseline || f.pruneBaseline:
		return errors.New("a baseline is written for all files: leave out --changed or --since")
	case len(f.python) > 0:
		return errors.New("git does not tell what --python comes to: leave out --changed or --since")
	}
	return nil
}

// parseTime reads a date, which begins at midnight in UTC as the gateway's clock has it, or a time.
func parseTime(text string) (time.Time, bool) {
	for _, layout := range [...]string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// rowsOf reads the programs of a gateway's database, until the context ends.
func rowsOf(ctx context.Context, q gateway.Query) func(path string) ([]gateway.Program, error) {
	return func(path string) ([]gateway.Program, error) { return gateway.Read(ctx, path, q) }
}

// eachRow calls yield for the programs of a database. In a search, databases of others are passed over.
func (f *finder) eachRow(in input, yield func(input) bool) bool {
	programs, err := f.rows(in.path)
	switch {
	case errors.Is(err, context.Canceled):
		return false // nobody waits for what is left
	case errors.Is(err, gateway.ErrNoPrograms) && !in.named:
		return true
	case err != nil:
		f.databases++
		return yield(input{path: in.path, err: err})
	}
	f.databases++
	for _, p := range programs {
		path := in.path + "#" + p.ID
		if p.Name != "" {
			path += " (" + p.Name + ")"
		}
		if !yield(input{path: path, named: true, inside: &p.JSON}) {
			return false
		}
	}
	return true
}

// of is the language of standard input.
func (l langFlag) of(name, text string) syntax.Lang {
	switch lang, given := langFlags[l]; {
	case given:
		return lang
	case knownExtensions[ext(name)]:
		return language(name, text)
	}
	return guess(text)
}

// knownExtensions are those that tell a language.
var knownExtensions = map[string]bool{
	".json": true, ".jsonl": true, ".yaml": true, ".yml": true, ".py": true, ".md": true, ".mdx": true, ".txt": true,
}

// guess is the language of a text without a name. What a model answered is told from YAML, in which nearly every prose
// could begin, by an object with steps in it that is written as JSON.
func guess(text string) syntax.Lang {
	if lang := language("", text); lang != syntax.YAML {
		return lang
	}
	fences := len(regexp.MustCompile("(?m)^[ \t>]*(?:```|~~~)").FindAllString(text, 3))
	at, object := syntax.Answer(text)
	switch {
	case looksLikeYAML(text) && fences == 0:
		return syntax.YAML
	case object && strings.Contains(text[at.Start:at.End], `"steps"`) && fences < 3:
		return syntax.LLM
	case fences > 0:
		return syntax.Markdown
	}
	return syntax.YAML
}

// looksLikeYAML reports whether a line is a key of a program: prose goes on behind a colon only in words.
func looksLikeYAML(text string) bool {
	return regexp.MustCompile(`(?m)^["']?steps["']?[ \t]*:`).MatchString(text)
}

// answered is the language of a .txt file: what a model answered, unless it is a program and nothing else.
func answered(text string) syntax.Lang {
	switch lang := language("", text); {
	case lang == syntax.JSON, looksLikeYAML(text) && lang == syntax.YAML:
		return lang
	}
	return syntax.LLM
}
