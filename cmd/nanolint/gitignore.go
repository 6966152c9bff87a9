package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// ignorer is the rules of .gitignore files that hold in one directory: those of the directory itself,
// and behind them those of the directories around it.
type ignorer struct {
	outer *ignorer
	dir   string // that the rules are relative to
	rules []ignoreRule
}

// ignoreRule is one line of a .gitignore file.
type ignoreRule struct {
	glob     string // relative to the directory, with slashes
	negated  bool
	dirsOnly bool
	anyDepth bool // the glob is for a name in any directory below
}

// ignorerFor is the rules that hold in a directory where a search begins: from the top of its
// repository down. Without a repository there are only the directory's own.
func ignorerFor(dir string) *ignorer {
	top, ok := repository(dir)
	if !ok {
		return (*ignorer)(nil).enter(dir)
	}
	ig := &ignorer{dir: top, rules: readIgnoreRules(filepath.Join(top, ".git", "info", "exclude"))}
	ig = ig.enter(top)
	rel, err := filepath.Rel(top, dir)
	if err != nil || rel == "." {
		return ig
	}
	at := top
	for name := range strings.SplitSeq(rel, string(filepath.Separator)) {
		at = filepath.Join(at, name)
		ig = ig.enter(at)
	}
	return ig
}

// repository is the nearest directory, from dir upward, that holds .git.
func repository(dir string) (string, bool) {
	for {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return dir, true
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", false
		}
		dir = up
	}
}

// enter is the rules that hold in a directory below, or in the first one.
func (ig *ignorer) enter(dir string) *ignorer {
	rules := readIgnoreRules(filepath.Join(dir, ".gitignore"))
	if rules == nil {
		return ig
	}
	return &ignorer{outer: ig, dir: dir, rules: rules}
}

// ignores reports whether the last rule that matches, of the innermost file that has one, excludes path.
func (ig *ignorer) ignores(path string, isDir bool) bool {
	for ; ig != nil; ig = ig.outer {
		rel, err := filepath.Rel(ig.dir, path)
		if err != nil {
			continue
		}
		rel = filepath.ToSlash(rel)
		for i := len(ig.rules) - 1; i >= 0; i-- {
			if r := ig.rules[i]; (isDir || !r.dirsOnly) && r.matches(rel) {
				return !r.negated
			}
		}
	}
	return false
}

func (r ignoreRule) matches(rel string) bool {
	if r.anyDepth {
		rel = rel[strings.LastIndexByte(rel, '/')+1:]
	}
	matched, err := doublestar.Match(r.glob, rel)
	return matched && err == nil // git, too, takes a broken pattern for one that never matches
}

// readIgnoreRules reads a file of rules. One that is not there or cannot be read has none: that must not
// keep anybody from checking.
func readIgnoreRules(name string) []ignoreRule {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	var rules []ignoreRule
	for line := range strings.Lines(strings.TrimPrefix(string(text), "\ufeff")) {
		if r, ok := parseIgnoreRule(strings.TrimRight(line, "\r\n")); ok {
			rules = append(rules, r)
		}
	}
	return rules
}

// parseIgnoreRule reads a line as gitignore(5) has it, and translates the glob.
func parseIgnoreRule(line string) (r ignoreRule, ok bool) {
	for strings.HasSuffix(line, " ") && !strings.HasSuffix(line, `\ `) {
		line = line[:len(line)-1]
	}
	if line == "" || line[0] == '#' {
		return r, false
	}
	line, r.negated = strings.CutPrefix(line, "!")
	line, r.dirsOnly = strings.CutSuffix(line, "/")
	r.anyDepth = !strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	// Braces mean nothing to git, and what ends in /** is everything inside but not the directory itself.
	r.glob = strings.NewReplacer("{", `\{`, "}", `\}`).Replace(line)
	if strings.HasSuffix(r.glob, "/**") {
		r.glob += "/*"
	}
	return r, line != ""
}
