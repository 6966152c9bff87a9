package report

import (
	"fmt"
	"io"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

const (
	sarifVersion = "2.1.0"
	sarifSchema  = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	// fingerprintName says how [validator.Analysis.Fingerprints] are made: another way is another number.
	fingerprintName = "nanolint/v1"
)

// NewSARIF prints a SARIF log of one run: what uploads to GitHub code scanning and opens in editors. Of the
// rules it describes those that have reported. version is that of nanolint.
//
// Beside what other formats print it holds what is muted, with the reason.
func NewSARIF(w io.Writer, version string) Printer {
	return &sarif{w: w, version: version, index: make(map[string]int)}
}

type sarif struct {
	w       io.Writer
	version string
	begun   bool // a result is printed

	index   map[string]int // of a rule in rules
	rules   []sarifRule
	notices []sarifNotice
}

// The names of the types below are those of the standard, section 3.

type sarifText struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifResult struct {
	RuleID              string             `json:"ruleId"`
	RuleIndex           int                `json:"ruleIndex"`
	Level               string             `json:"level"`
	Message             sarifText          `json:"message"`
	Locations           []sarifLocation    `json:"locations"`
	RelatedLocations    []sarifLocation    `json:"relatedLocations,omitempty"`
	CodeFlows           []sarifCodeFlow    `json:"codeFlows,omitempty"`
	PartialFingerprints map[string]string  `json:"partialFingerprints"`
	BaselineState       string             `json:"baselineState,omitempty"`
	Suppressions        []sarifSuppression `json:"suppressions"` // empty: looked for, and none is there
	Fixes               []sarifFix         `json:"fixes,omitempty"`
}

type sarifLocation struct {
	ID               *int                   `json:"id,omitempty"`
	PhysicalLocation sarifPhysicalLocation  `json:"physicalLocation"`
	LogicalLocations []sarifLogicalLocation `json:"logicalLocations,omitempty"`
	Message          *sarifText             `json:"message,omitempty"`
}

type sarifPhysicalLocation struct {
	ArtifactLocation sarifArtifact `json:"artifactLocation"`
	Region           sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine"`
	EndColumn   int `json:"endColumn"`
}

type sarifLogicalLocation struct {
	Name               string `json:"name,omitempty"`
	FullyQualifiedName string `json:"fullyQualifiedName,omitempty"`
}

type sarifCodeFlow struct {
	ThreadFlows []sarifThreadFlow `json:"threadFlows"`
}

type sarifThreadFlow struct {
	Locations []sarifFlowLocation `json:"locations"`
}

type sarifFlowLocation struct {
	Location sarifLocation `json:"location"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Status        string `json:"status"`
	Justification string `json:"justification,omitempty"`
}

type sarifFix struct {
	Description     sarifText     `json:"description"`
	ArtifactChanges []sarifChange `json:"artifactChanges"`
	Properties      sarifSafety   `json:"properties"`
}

type sarifSafety struct {
	Safe bool `json:"safe"`
}

type sarifChange struct {
	ArtifactLocation sarifArtifact      `json:"artifactLocation"`
	Replacements     []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	DeletedRegion   sarifRegion `json:"deletedRegion"`
	InsertedContent *sarifText  `json:"insertedContent,omitempty"`
}

type sarifNotice struct {
	Level      string          `json:"level"`
	Message    sarifText       `json:"message"`
	Locations  []sarifLocation `json:"locations"`
	Descriptor sarifDescriptor `json:"associatedRule"`
}

type sarifDescriptor struct {
	ID string `json:"id"`
}

func (s *sarif) File(a *validator.Analysis) error {
	prints := a.Fingerprints()
	for _, c := range a.Crashes {
		s.notices = append(s.notices, sarifNotice{
			Level: "error", Message: sarifText{Text: c.Error()}, Descriptor: sarifDescriptor{c.Rule},
			Locations: []sarifLocation{{PhysicalLocation: toPhysical(a.File, source.Span{})}},
		})
	}
	for i, d := range a.Diagnostics {
		before := ",\n"
		if !s.begun {
			before, s.begun = s.head(), true
		}
		if err := writeJSON(s.w, before, s.result(a.File, d, prints[i]), ""); err != nil {
			return err
		}
	}
	return nil
}

func (s *sarif) head() string {
	return fmt.Sprintf("{\"$schema\":%q,\"version\":%q,\"runs\":[{\"columnKind\":\"unicodeCodePoints\","+
		"\"newlineSequences\":[\"\\r\\n\",\"\\n\",\"\\r\"],\"results\":[\n", sarifSchema, sarifVersion)
}

// Close prints the rules behind the results: only then it is known which there are.
func (s *sarif) Close(Totals) error {
	before := "\n],"
	if !s.begun {
		before = s.head() + "],"
	}
	invocation := struct {
		Successful bool          `json:"executionSuccessful"`
		Notices    []sarifNotice `json:"toolExecutionNotifications,omitempty"`
	}{len(s.notices) == 0, s.notices}
	if err := writeJSON(s.w, before+"\"invocations\":[", invocation, "],\n"); err != nil {
		return err
	}
	version := ""
	if s.version != "" {
		version = fmt.Sprintf("\"version\":%q,", s.version)
	}
	before = fmt.Sprintf("\"tool\":{\"driver\":{\"name\":\"nanolint\",%s\"informationUri\":%q,\"rules\":[", version, homepage)
	for _, r := range s.rules {
		if err := writeJSON(s.w, before+"\n", r, ""); err != nil {
			return err
		}
		before = ","
	}
	if len(s.rules) > 0 {
		before = "\n"
	}
	_, err := io.WriteString(s.w, before+"]}}}]}\n")
	return err
}

func (s *sarif) result(f *source.File, d source.Diagnostic, fingerprint string) sarifResult {
	at := sarifLocation{PhysicalLocation: toPhysical(f, d.Span)}
	if d.Step != "" || d.Pointer != "" {
		at.LogicalLocations = []sarifLogicalLocation{{d.Step, d.Pointer}}
	}
	out := sarifResult{
		RuleID: d.Rule, RuleIndex: s.describe(d.Rule), Level: sarifLevel(d.Severity),
		// The standard has braces doubled, for the sake of arguments in messages. Nobody does so or
		// expects it, and GitHub would show both.
		Message:             sarifText{Text: d.Message},
		Locations:           []sarifLocation{at},
		PartialFingerprints: map[string]string{fingerprintName: fingerprint},
		Suppressions:        []sarifSuppression{},
		BaselineState:       [...]string{source.NotCompared: "", source.New: "new", source.Unchanged: "unchanged"}[d.Baseline],
	}
	switch {
	case len(d.Related) == 0:
	case d.IsPath:
		out.CodeFlows = toCodeFlow(f, d.Related)
	default:
		for i, n := range d.Related {
			out.RelatedLocations = append(out.RelatedLocations, toRelated(f, n, &i))
		}
	}
	if k := d.Suppression.Kind; k != source.NotSuppressed {
		kind := [...]string{source.InSource: "inSource", source.External: "external"}[k]
		out.Suppressions = append(out.Suppressions, sarifSuppression{kind, "accepted", d.Suppression.Reason})
	}
	for _, x := range d.Fixes {
		out.Fixes = append(out.Fixes, toSARIFFix(f, x))
	}
	return out
}

func toRelated(f *source.File, n source.Note, id *int) sarifLocation {
	return sarifLocation{ID: id, PhysicalLocation: toPhysical(f, n.Span), Message: &sarifText{Text: n.Message}}
}

func toCodeFlow(f *source.File, path []source.Note) []sarifCodeFlow {
	moves := make([]sarifFlowLocation, len(path))
	for i, n := range path {
		moves[i].Location = toRelated(f, n, nil)
	}
	return []sarifCodeFlow{{[]sarifThreadFlow{{moves}}}}
}

func toSARIFFix(f *source.File, x source.Fix) sarifFix {
	change := sarifChange{ArtifactLocation: sarifArtifact{uri(f.Name)}}
	for _, e := range x.Edits {
		r := sarifReplacement{DeletedRegion: toRegion(f, e.Span)}
		if e.New != "" {
			r.InsertedContent = &sarifText{Text: e.New}
		}
		change.Replacements = append(change.Replacements, r)
	}
	return sarifFix{sarifText{Text: x.Title}, []sarifChange{change}, sarifSafety{x.Safe}}
}

func toPhysical(f *source.File, at source.Span) sarifPhysicalLocation {
	return sarifPhysicalLocation{sarifArtifact{uri(f.Name)}, toRegion(f, at)}
}

func toRegion(f *source.File, at source.Span) sarifRegion {
	r := toRange(f, at)
	return sarifRegion{r.Start.Line, r.Start.Column, r.End.Line, r.End.Column}
}

func sarifLevel(s source.Severity) string {
	return [...]string{source.Info: "note", source.Warning: "warning", source.Error: "error"}[s]
}

type sarifRule struct {
	ID               string              `json:"id"`
	Name             string              `json:"name,omitempty"`
	ShortDescription *sarifText          `json:"shortDescription,omitempty"`
	FullDescription  *sarifText          `json:"fullDescription,omitempty"`
	HelpURI          string              `json:"helpUri,omitempty"`
	Help             *sarifText          `json:"help,omitempty"`
	Default          *sarifDefault       `json:"defaultConfiguration,omitempty"`
	Properties       *sarifRuleKeyValues `json:"properties,omitempty"`
}

type sarifDefault struct {
	Enabled bool   `json:"enabled"`
	Level   string `json:"level"`
}

// sarifRuleKeyValues is what GitHub sorts and filters by.
type sarifRuleKeyValues struct {
	Tags     []string `json:"tags"`
	Severity string   `json:"problem.severity"`
}

// describe is the index of a rule, which is described when it first reports.
func (s *sarif) describe(id string) int {
	if i, ok := s.index[id]; ok {
		return i
	}
	out := sarifRule{ID: id}
	if r := rules.Find(id); r != nil {
		severity := r.Severity.String()
		if r.Severity == source.Info {
			severity = "recommendation"
		}
		out = sarifRule{
			ID: id, Name: r.Name, HelpURI: r.URL(),
			ShortDescription: &sarifText{Text: r.Summary()},
			FullDescription:  &sarifText{Text: r.Summary() + " " + r.Advice() + "."},
			Help:             &sarifText{Text: description(r), Markdown: help(r)},
			Default:          &sarifDefault{!r.Optional, sarifLevel(r.Severity)},
			Properties:       &sarifRuleKeyValues{[]string{r.Family()}, severity},
		}
	}
	s.index[id] = len(s.rules)
	s.rules = append(s.rules, out)
	return s.index[id]
}
