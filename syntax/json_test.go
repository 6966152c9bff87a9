package syntax

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
)

// TestPythonCorpus compares the reader with records of json.loads: the same decision and the same value
// on every text. testdata/json/record.py writes the records.
func TestPythonCorpus(t *testing.T) {
	file, err := os.Open("../testdata/json/python.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	count := 0
	for ; lines.Scan(); count++ {
		var c struct {
			Text  string
			Hex   string
			Value json.RawMessage
		}
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		if c.Hex != "" {
			data, err := hex.DecodeString(c.Hex)
			if err != nil {
				t.Fatal(err)
			}
			c.Text = string(data)
		}
		doc := Parse(source.NewFile("", c.Text), JSON)[0]
		accepted, wanted := len(doc.Problems) == 0, string(c.Value) != "null"
		if accepted != wanted {
			t.Errorf("%.200q: accepted is %v, in Python %v: %v", c.Text, accepted, wanted, doc.Problems)
		} else if got := tagged(doc.Root); wanted && got != strings.ReplaceAll(string(c.Value), " ", "") {
			t.Errorf("%.200q:\n got %.300s\nwant %.300s", c.Text, got, c.Value)
		}
	}
	if count < 600 {
		t.Errorf("only %d texts are recorded", count)
	}
}

// tagged writes a value as record.py does.
func tagged(n *Node) string {
	quoted := func(kind, value string) string { return `["` + kind + `","` + value + `"]` }
	var parts []string
	switch n.Kind {
	case Null:
		return `["null"]`
	case Bool:
		return quoted("bool", n.Text.Value)
	case Int:
		return quoted("int", n.Int().String())
	case Float:
		return quoted("float", pythonFloat(n.Float()))
	case String:
		return quoted("string", hex.EncodeToString([]byte(n.Text.Value)))
	case List:
		for _, item := range n.Items {
			parts = append(parts, tagged(item))
		}
		return `["list",[` + strings.Join(parts, ",") + `]]`
	case Map:
		for _, p := range n.Pairs {
			parts = append(parts, "["+tagged(p.Key)+","+tagged(p.Value)+"]")
		}
		return `["object",[` + strings.Join(parts, ",") + `]]`
	}
	return "?"
}

// pythonFloat is repr of a float.
func pythonFloat(v float64) string {
	switch {
	case math.IsNaN(v):
		return "nan"
	case math.IsInf(v, 0):
		return strings.ToLower(strings.TrimPrefix(strconv.FormatFloat(v, 'g', -1, 64), "+"))
	case v != 0 && (math.Abs(v) >= 1e16 || math.Abs(v) < 1e-4):
		return strconv.FormatFloat(v, 'e', -1, 64)
	}
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}
