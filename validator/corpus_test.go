package validator_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

func langOfFile(name string) syntax.Lang {
	switch filepath.Ext(name) {
	case ".json":
		return syntax.JSON
	case ".jsonl":
		return syntax.JSONL
	}
	return syntax.YAML
}

// analyzeFiles calls f with the analysis of every file that a pattern names.
func analyzeFiles(t *testing.T, atLeast int, pattern string, f func(t *testing.T, a *validator.Analysis)) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) < atLeast {
		t.Fatalf("%d files are called %s, want at least %d", len(files), pattern, atLeast)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(name), func(t *testing.T) {
			f(t, validator.Analyze(source.NewFile(name, string(text)), validator.Options{Lang: langOfFile(name), Target: program.Newest}))
		})
	}
}

// Programs that are right, of every shape: nothing at all is to be said about them, also not in passing.
func TestRightProgramsAreSilent(t *testing.T) {
	silent := func(t *testing.T, a *validator.Analysis) {
		for _, d := range a.Diagnostics {
			line, col := a.File.LineCol(d.Span.Start)
			t.Errorf("%d:%d: %s %s", line, col, d.Rule, d.Message)
		}
		if len(a.Programs) == 0 {
			t.Error("no program was found")
		}
	}
	analyzeFiles(t, 25, "../testdata/ok/*", silent)
	analyzeFiles(t, 5, "../examples/*.*", silent)
}

// What goes wrong in practice, and the rule that tells. Why no rule tells of the others is in docs/not-checked.md.
var footguns = map[string]string{
	"F001": "NL020", "F002": "NL021", "F003": "NL017", "F004": "NL019", "F005": "NL018", "F006": "NL008",
	"F007": "NL028", "F008": "NL023", "F009": "NL026", "F010": "NL022", "F011": "NL027", "F012": "NL105",
	"F013": "NL106", "F014": "NL104", "F015": "NL104", "F016": "NL107", "F018": "NL108", "F019": "NL109",
	"F020": "NL103", "F021": "NL101", "F022": "NL118", "F023": "NL119", "F024": "NL117", "F025": "NL110",
	"F026": "NL110", "F027": "NL115", "F028": "NL112", "F029": "NL122", "F030": "NL102", "F031": "NL111",
	"F035": "NL120",
	"F050": "NL220", "F051": "NL222", "F053": "NL223", "F060": "NL221", "F068": "NL321", "F069": "NL322", "F071": "NL322", "F083": "NL323",
	"F064": "NL301", "F065": "NL302", "F066": "NL303", "F070": "NL304", "F073": "NL305", "F074": "NL306",
	"F075": "NL307", "F076": "NL308", "F078": "NL309", "F081": "NL311", "F119": "NL312",
	"F047": "NL416", "F048": "NL415", "F049": "NL417", "F062": "NL418", "F063": "NL414", "F084": "NL401",
	"F085": "NL402", "F086": "NL403", "F087": "NL404", "F088": "NL405", "F089": "NL406", "F090": "NL028",
	"F091": "NL408", "F092": "NL409", "F095": "NL412",
	"F036": "NL201", "F037": "NL218", "F038": "NL219", "F039": "NL214", "F040": "NL202", "F041": "NL211",
	"F042": "NL203", "F043": "NL204", "F044": "NL205", "F045": "NL217", "F046": "NL206", "F055": "NL212",
	"F056": "NL215", "F057": "NL204", "F058": "NL209", "F059": "NL026",
	"F061": "NL310", "F094": "NL411",
	"F096": "NL501", "F097": "NL502", "F098": "NL503", "F099": "NL504", "F100": "NL505", "F101": "NL506",
	"F102": "NL507", "F103": "NL021", "F104": "NL508", "F105": "NL509", "F106": "NL508", "F107": "NL511",
	"F108": "NL512", "F109": "NL601", "F110": "NL601", "F111": "NL603", "F112": "NL602", "F113": "NL605",
	"F114": "NL607", "F115": "NL604", "F116": "NL701", "F117": "NL029", "F118": "NL029", "F120": "NL029",
	"F121": "NL024", "F122": "NL703", "F123": "NL704",
	"F124": "NL801", "F125": "NL802", "F126": "NL807", "F127": "NL810", "F129": "NL811", "F130": "NL806", "F131": "NL805",
	"F133": "NL901", "F134": "NL901",
	"F017": "NL107", "F054": "NL324", "F067": "NL324", "F072": "NL602", "F082": "NL802",
}

// What must be declared for a footgun to be told: which of its tools suspends the run is not in its text.
var declaredForFootguns = map[string]rules.Declared{
	"F107": rules.Suspending("wait"), "F109": rules.Suspending("ask"), "F110": rules.Suspending("wait"),
	"F111": rules.Suspending("ask_human"), "F112": rules.Suspending("poll"), "F113": rules.Suspending("wait"),
	"F115": rules.Suspending("wait"), "F072": rules.Suspending("ask_human"),
	"F054": rules.DeclareInputs(), "F067": rules.DeclareInputs("order_id"),
	"F124": rules.DeclareTools("{reserve: {}, capture: {}}"),
	"F125": rules.DeclareTools("pay: {inputSchema: {properties: {amount: {type: number}}, required: [amount]}}"),
	"F126": rules.Privileged("shell"), "F130": rules.Privileged("pay"),
	"F082": rules.DeclareTools("run_tests: {inputSchema: {properties: {test_file: {}, repo_path: {}}, required: [test_file, repo_path]}}"),
	"F131": {Policy: &rules.Policy{Capabilities: map[string][]string{"archive": {"files.archive"}}}},
	"F133": {TargetVersion: "0.8.6"}, "F134": {TargetVersion: "0.8.6"},
}

func TestFootgunsAreReported(t *testing.T) {
	in, err := os.Open("../testdata/footguns.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	seen, unchecked := 0, notChecked(t)
	for lines := bufio.NewScanner(in); lines.Scan(); seen++ {
		var c struct{ ID, Name, Language, Text string }
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		if (footguns[c.ID] == "") == (unchecked[c.ID] != c.Name) {
			t.Errorf("%s %s must have either a rule or a reason in docs/not-checked.md", c.ID, c.Name)
		}
		if footguns[c.ID] == "" {
			continue
		}
		a := analyzeFor(t, rules.Find(footguns[c.ID]), declaredForFootguns[c.ID], c.Text, langOfFile("x."+c.Language))
		if len(of(a, footguns[c.ID])) == 0 {
			t.Errorf("%s %s: %s does not report it; all findings: %q", c.ID, c.Name, footguns[c.ID], messages(a.Diagnostics))
		}
	}
	if seen != 136 || seen != len(footguns)+len(unchecked) {
		t.Errorf("%d footguns in the file, %d in the table, and %d in docs/not-checked.md", seen, len(footguns), len(unchecked))
	}
}

// notChecked is the names, by id, of what docs/not-checked.md gives reasons for.
func notChecked(t *testing.T) map[string]string {
	text, err := os.ReadFile("../docs/not-checked.md")
	if err != nil {
		t.Fatal(err)
	}
	names := make(map[string]string)
	for _, section := range strings.Split(string(text), "\n## ")[1:] {
		heading, reason, _ := strings.Cut(section, "\n")
		id, name, _ := strings.Cut(heading, " ")
		if len(strings.TrimSpace(reason)) < 40 {
			t.Errorf("%s has no reason", heading)
		}
		names[id] = name
	}
	return names
}

// One mistake is told once: cutting a good program off anywhere must not make rules of control flow
// guess about what is missing.
func TestHalfTypedProgramsAreNotGuessedAbout(t *testing.T) {
	analyzeFiles(t, 5, "../examples/*.*", func(t *testing.T, a *validator.Analysis) {
		text := strings.TrimSpace(a.File.Text)
		for cut := 0; cut < len(text); cut += 7 {
			l := langOfFile(a.File.Name)
			half := validator.Analyze(source.NewFile(a.File.Name, text[:cut]), validator.Options{Lang: l, Target: program.Newest})
			if l == syntax.JSON && len(half.Diagnostics) == 0 {
				t.Errorf("nothing is said about the first %d bytes", cut)
			}
			for _, d := range half.Diagnostics {
				if l == syntax.JSON && strings.HasPrefix(d.Rule, "NL1") && d.Rule != "NL101" && d.Severity > source.Info {
					t.Errorf("cut at byte %d: %s %s", cut, d.Rule, d.Message)
				}
			}
		}
	})
}
