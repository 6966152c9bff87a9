package syntax

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nanolint/nanolint/source"
)

// recordedYAML is a text and what PyYAML made of it: see testdata/yaml/record.py.
type recordedYAML struct {
	Text      string
	Value     any
	Recursive bool
	Error     *struct {
		Class string
		Lines []int
	}
}

func recordedYAMLs(t testing.TB) (all []recordedYAML) {
	name := "../testdata/yaml/pyyaml.jsonl"
	if other := os.Getenv("NANOLINT_PYYAML"); other != "" {
		name = other
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r recordedYAML
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

// TestYAMLIsPyYAML holds the reader to what PyYAML accepts, and the values it makes. Only aliases inside of
// themselves are judged differently: no program can be made of them.
func TestYAMLIsPyYAML(t *testing.T) {
	refused, sameLine := 0, 0
	all := recordedYAMLs(t)
	for _, r := range all {
		f := source.NewFile("x.yaml", r.Text)
		docs := Parse(f, YAML)
		problems := allProblems(docs)
		if r.Recursive {
			if len(problems) == 0 || problems[0].Code != AliasBomb {
				t.Errorf("%q: a value inside itself is not reported", r.Text)
			}
			continue
		}
		if slices.ContainsFunc(problems, func(p Problem) bool { return p.Code == AliasBomb }) {
			continue
		}
		if (len(problems) > 0) != (r.Error != nil) {
			t.Errorf("%q: problems %v, PyYAML says %v", r.Text, problems, r.Error)
			continue
		}
		if r.Error == nil {
			if got, want := pythonValue(docs[0].Root), canonical(r.Value); got != want {
				t.Errorf("%q: is %s, to PyYAML %s", r.Text, got, want)
			}
			continue
		}
		refused++
		line, _ := f.LineCol(problems[0].Span.Start)
		if len(r.Error.Lines) == 0 || slices.Contains(r.Error.Lines, line) {
			sameLine++
		} else if testing.Verbose() {
			t.Logf("%q: first problem in line %d (%s), PyYAML's in %v", r.Text, line, problems[0].Message, r.Error.Lines)
		}
	}
	t.Logf("%d texts, %d of them refused, the first problem on PyYAML's line in %d", len(all), refused, sameLine)
	if sameLine*4 < refused*3 {
		t.Errorf("the first problem is on PyYAML's line in %d of %d texts only", sameLine, refused)
	}
}

func allProblems(docs []Document) (all []Problem) {
	for _, d := range docs {
		all = append(all, d.Problems...)
	}
	return all
}

// pythonValue spells the value of a node like canonical spells a recorded one.
func pythonValue(n *Node) string {
	switch n.Kind {
	case Opaque:
		return "?"
	case Null:
		return "null"
	case Bool:
		return n.Text.Value
	case Int:
		return "int " + n.Text.Value
	case Float:
		return "float " + strconv.FormatFloat(n.Float(), 'g', -1, 64)
	case String:
		return strconv.Quote(strings.ToValidUTF8(n.Text.Value, "\uFFFD"))
	case Date:
		return "date " + isoTime(n.Text.Value)
	case Bytes:
		decoded, _ := decodeBase64(n.Text.Value)
		return "bytes " + base64.StdEncoding.EncodeToString(decoded)
	case List:
		var items []string
		for _, i := range n.Items {
			items = append(items, pythonValue(i))
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	return pythonPairs(n)
}

// pythonPairs makes a dictionary: a key keeps its first place and its last value, merged entries go first.
func pythonPairs(n *Node) string {
	var keys []string // as they were first written
	var values []string
	places := map[string]int{}
	for _, merged := range []bool{true, false} {
		for _, p := range n.Pairs {
			if p.Merged != merged {
				continue
			}
			key := pythonValue(p.Key)
			same := key
			if p.Key.Kind == Int || p.Key.Kind == Float || p.Key.Kind == Bool {
				v := p.Key.Float()
				if p.Key.Text.Value == "true" {
					v = 1
				}
				same = fmt.Sprint("number ", v+0) // without the sign of zero
			}
			at, known := places[same]
			if !known {
				at = len(keys)
				places[same] = at
				keys, values = append(keys, key), append(values, "")
			}
			values[at] = pythonValue(p.Value)
		}
	}
	if n.Kind == Set {
		slices.Sort(keys)
		return "set " + strings.Join(keys, ", ")
	}
	var pairs []string
	for i, k := range keys {
		pairs = append(pairs, k+": "+values[i])
	}
	return "{" + strings.Join(pairs, ", ") + "}"
}

func isoTime(s string) string {
	t, _ := parseYAMLTime(s)
	if t.dateOnly {
		return t.time.Format(time.DateOnly)
	}
	layout := "2006-01-02T15:04:05"
	if t.time.Nanosecond() != 0 {
		layout += ".000000"
	}
	if t.zone {
		layout += "-07:00"
	}
	return t.time.Format(layout)
}

// canonical spells a recorded value.
func canonical(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(v)
	case string:
		return strconv.Quote(v)
	case map[string]any:
		for kind, content := range v {
			switch kind {
			case "int", "date", "bytes":
				return kind + " " + content.(string)
			case "float":
				f, _ := strconv.ParseFloat(content.(string), 64)
				return "float " + strconv.FormatFloat(f, 'g', -1, 64)
			}
			var parts []string
			for _, part := range content.([]any) {
				if kind == "map" {
					pair := part.([]any)
					parts = append(parts, canonical(pair[0])+": "+canonical(pair[1]))
				} else {
					parts = append(parts, canonical(part))
				}
			}
			switch kind {
			case "list":
				return "[" + strings.Join(parts, ", ") + "]"
			case "set":
				slices.Sort(parts)
				return "set " + strings.Join(parts, ", ")
			}
			return "{" + strings.Join(parts, ", ") + "}"
		}
	}
	return fmt.Sprint(v)
}
