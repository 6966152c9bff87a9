package baseline_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
)

// mistakes are the programs with mistakes that people make, each with a mistake of another kind.
func mistakes(t *testing.T) map[string]*syntax.Node {
	t.Helper()
	f, err := os.Open("../testdata/footguns.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all := make(map[string]*syntax.Node)
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c struct{ ID, Text, Language string }
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		lang := syntax.JSON
		if c.Language == "yaml" {
			lang = syntax.YAML
		}
		doc := syntax.Parse(source.NewFile(c.ID, c.Text), lang)[0]
		if len(doc.Problems) == 0 && doc.Root.Kind == syntax.Map && stepsOf(doc.Root) != nil {
			all[c.ID] = doc.Root
		}
	}
	return all
}

func stepsOf(root *syntax.Node) []*syntax.Node {
	if n := root.Get("steps"); n != nil && n.Kind == syntax.List {
		return n.Items
	}
	return nil
}

// withSteps is a program with other steps.
func withSteps(root *syntax.Node, steps []*syntax.Node) *syntax.Node {
	pairs := slices.Clone(root.Pairs)
	for i := range pairs {
		if pairs[i].Key.IsString("steps") {
			pairs[i].Value = syntax.NewList(steps...)
		}
	}
	return syntax.NewMap(pairs...)
}

// withPair is a mapping with one more pair.
func withPair(n *syntax.Node, key string, value *syntax.Node) *syntax.Node {
	return syntax.NewMap(append(slices.Clone(n.Pairs), syntax.NewPair(key, value))...)
}

// found is the fingerprints of a text by rule and step.
func found(text string, lang syntax.Lang, name string) map[string][]string {
	a := validator.Analyze(source.NewFile(name, text), validator.Options{Lang: lang, Target: program.Newest})
	prints := a.Fingerprints()
	all := make(map[string][]string)
	for i, d := range a.Diagnostics {
		key := d.Rule + " " + d.Step
		all[key] = append(all[key], prints[i])
	}
	return all
}

// mutants calls f with what may become of a program between two runs.
func mutants(root *syntax.Node, f func(what, text string, lang syntax.Lang)) {
	inYAML := func(what string, n *syntax.Node) { f(what, syntax.Print(n, syntax.YAML), syntax.YAML) }
	text := syntax.Print(root, syntax.YAML)
	f("comments", "# A comment.\n\n"+strings.ReplaceAll(text, "\n  - ", "\n\n  # Another.\n  - "), syntax.YAML)
	f("JSON", syntax.Print(root, syntax.JSON), syntax.JSON)
	f("one line", syntax.Inline(root, syntax.JSON), syntax.JSON)
	inYAML("a description", withPair(root, "description", syntax.NewString("What it is for")))
	steps := stepsOf(root)
	for i := range steps {
		if steps[i].Kind != syntax.Map {
			continue
		}
		changed := slices.Clone(steps)
		changed[i] = withPair(steps[i], "_owner", syntax.NewString("payments"))
		inYAML(fmt.Sprint("a note in step ", i), withSteps(root, changed))

		log := syntax.NewMap(syntax.NewPair("id", syntax.NewString("audit_log")), syntax.NewPair("type", syntax.NewString("tool")),
			syntax.NewPair("tool", syntax.NewString("audit")))
		inYAML(fmt.Sprint("a step before step ", i), withSteps(root, slices.Insert(slices.Clone(steps), i, log)))

		if i > 0 {
			swapped := slices.Clone(steps)
			swapped[i-1], swapped[i] = swapped[i], swapped[i-1]
			inYAML(fmt.Sprint("another order of step ", i), withSteps(root, swapped))
			inYAML(fmt.Sprint("without step ", i), withSteps(root, slices.Delete(slices.Clone(steps), i, i+1)))
		}
	}
}

// A finding that is the same to a reader (its rule says as much of the step as before) keeps its fingerprint through
// reordering, edits elsewhere, another language and another file name: at least 99 of 100.
func TestFingerprintsSurviveMutation(t *testing.T) {
	stable, all := 0, 0
	lost := make(map[string]int)
	for id, root := range mistakes(t) {
		before := found(syntax.Print(root, syntax.YAML), syntax.YAML, "before.yaml")
		mutants(root, func(what, text string, lang syntax.Lang) {
			after := found(text, lang, "elsewhere/after.yaml")
			for key, was := range before {
				is := after[key]
				if len(is) != len(was) {
					continue // the finding itself is another, or gone
				}
				for _, print := range was {
					all++
					if slices.Contains(is, print) {
						stable++
					} else {
						lost[id+" "+key]++
					}
				}
			}
		})
	}
	t.Logf("%d of %d fingerprints are the same; lost: %v", stable, all, lost)
	if all < 2000 || stable*100 < all*99 {
		t.Errorf("%d of %d fingerprints are the same", stable, all)
	}
}
