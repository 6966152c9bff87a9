package report

import (
	"crypto/sha256"
	"encoding/hex"
	"io"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
)

// NewGitLab prints a Code Quality report, which GitLab compares with that of the target branch.
func NewGitLab(w io.Writer) Printer { return &gitlab{w: w, seen: make(map[string]bool)} }

type gitlab struct {
	w    io.Writer
	seen map[string]bool
}

type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

func (g *gitlab) File(a *validator.Analysis) error {
	prints := a.Fingerprints()
	for i, d := range a.Diagnostics {
		if d.IsMuted() {
			continue
		}
		before := ",\n"
		if len(g.seen) == 0 {
			before = "[\n"
		}
		at := toRange(a.File, d.Span)
		name := slashed(a.File.Name)
		out := gitlabIssue{
			Description: d.Message, CheckName: d.Rule, Fingerprint: g.unique(prints[i], name),
			Severity: gitlabSeverity(d.Severity),
			Location: gitlabLocation{name, gitlabLines{at.Start.Line, at.End.Line}},
		}
		if err := writeJSON(g.w, before, out, ""); err != nil {
			return err
		}
	}
	return nil
}

// unique is a fingerprint that is not in the report yet, for GitLab shows one of several alike: if another file has
// the same, the name of this one is added. So a file that moves keeps its findings, and one that is copied
// adds as many as it has.
func (g *gitlab) unique(fingerprint, name string) string {
	for g.seen[fingerprint] {
		sum := sha256.Sum256([]byte(fingerprint + name))
		fingerprint = hex.EncodeToString(sum[:len(fingerprint)/2])
	}
	g.seen[fingerprint] = true
	return fingerprint
}

func (g *gitlab) Close(Totals) error {
	end := "\n]\n"
	if len(g.seen) == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(g.w, end)
	return err
}

func gitlabSeverity(s source.Severity) string {
	return [...]string{source.Info: "info", source.Warning: "minor", source.Error: "major"}[s]
}
