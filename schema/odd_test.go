package schema

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// Values that JSON has no words for.

func scalar(k syntax.Kind, text string) *syntax.Node {
	return &syntax.Node{Kind: k, Text: source.Text{Value: text}}
}

func str(text string) *syntax.Node { return scalar(syntax.String, text) }

func list(items ...*syntax.Node) *syntax.Node { return &syntax.Node{Kind: syntax.List, Items: items} }

// mapping is a mapping, or a set, of keys and values that follow each other.
func mapping(k syntax.Kind, kv ...*syntax.Node) *syntax.Node {
	n := &syntax.Node{Kind: k}
	for i := 0; i+1 < len(kv); i += 2 {
		n.Pairs = append(n.Pairs, syntax.Pair{Key: kv[i], Value: kv[i+1]})
	}
	return n
}

func object(kv ...*syntax.Node) *syntax.Node { return mapping(syntax.Map, kv...) }

// llmWith is a program of one llm step with further fields.
func llmWith(kv ...*syntax.Node) *syntax.Node {
	step := object(append([]*syntax.Node{str("id"), str("a"), str("type"), str("llm"), str("prompt"), str("p")}, kv...)...)
	return object(str("steps"), list(step))
}

// TestOddValues holds what construction says about values that only YAML can write, and about values
// that are not known.
func TestOddValues(t *testing.T) {
	null, yes, no := scalar(syntax.Null, "null"), scalar(syntax.Bool, "true"), scalar(syntax.Bool, "false")
	one, float := scalar(syntax.Int, "1"), scalar(syntax.Float, "1.5")
	date := scalar(syntax.Date, "2024-01-01")
	opaque := &syntax.Node{}
	b64 := func(text string) *syntax.Node { return scalar(syntax.Bytes, text) }
	merged := llmWith(str("tool"), one)
	step := merged.Get("steps").Items[0]
	step.Pairs = append(step.Pairs, syntax.Pair{Key: str("prompt"), Value: one, Merged: true}, syntax.Pair{Key: str("system"), Value: one, Merged: true})
	for name, c := range map[string]struct {
		root *syntax.Node
		want string
	}{
		"date as string":      {llmWith(str("system"), date), "/steps/0/system"},
		"date as integer":     {llmWith(str("max_retries"), date), "/steps/0/max_retries"},
		"date as number":      {llmWith(str("timeout_seconds"), date), "/steps/0/timeout_seconds"},
		"date as args":        {llmWith(str("args"), date), "/steps/0/args"},
		"date as list":        {llmWith(str("allowed_outputs"), date), "/steps/0/allowed_outputs"},
		"bytes as string":     {llmWith(str("system"), b64("YWJj\n")), ""},
		"no UTF-8 as string":  {llmWith(str("system"), b64("/w==")), "/steps/0/system"},
		"bytes as integer":    {llmWith(str("max_retries"), b64("Mw==")), ""},
		"bytes as number":     {llmWith(str("timeout_seconds"), b64("MS41")), ""},
		"bytes as boolean":    {llmWith(str("is_terminal"), b64("eWVz")), ""},
		"bytes as word":       {llmWith(str("on_error"), b64("ZmFpbA==")), ""},
		"bytes as list":       {llmWith(str("allowed_outputs"), b64("YWJj")), "/steps/0/allowed_outputs"},
		"set of strings":      {llmWith(str("allowed_outputs"), mapping(syntax.Set, str("a"), null)), ""},
		"set of numbers":      {llmWith(str("allowed_outputs"), mapping(syntax.Set, one, null)), "/steps/0/allowed_outputs/0"},
		"empty set":           {llmWith(str("allowed_outputs"), mapping(syntax.Set)), "/steps/0"},
		"set as args":         {llmWith(str("args"), mapping(syntax.Set, str("a"), null)), "/steps/0/args"},
		"set of sub-steps":    {llmWith(str("parallel_steps"), mapping(syntax.Set, str("a"), null)), "/steps/0/parallel_steps/0"},
		"no sub-steps":        {llmWith(str("parallel_steps"), mapping(syntax.Set)), ""},
		"set as steps":        {object(str("steps"), mapping(syntax.Set, str("a"), null)), "/steps/0"},
		"empty set as steps":  {object(str("steps"), mapping(syntax.Set)), "/steps"},
		"keys of a program":   {mapping(syntax.Map, one, one, str("steps"), llmWith(null, one).Get("steps")), ""},
		"true as key of args": {llmWith(str("args"), object(yes, one, no, one)), "/steps/0/args/1/[key] /steps/0/args/0/[key]"},
		"equal keys":          {llmWith(str("args"), object(one, one, yes, one, scalar(syntax.Float, "1.0"), one)), "/steps/0/args/1/[key]"},
		"odd keys":            {llmWith(str("args"), object(null, one, float, one, str("a"), one)), "/steps/0/args/None/[key] /steps/0/args/1.5/[key]"},
		"float keys": {llmWith(str("args"), object(scalar(syntax.Float, "1e16"), one, scalar(syntax.Float, "-0.0"), one, scalar(syntax.Float, "1e-07"), one)),
			"/steps/0/args/1e+16/[key] /steps/0/args/-0.0/[key] /steps/0/args/1e-07/[key]"},
		"bytes as key":       {llmWith(str("args"), object(b64("YQ=="), one)), ""},
		"not known value":    {llmWith(str("max_retries"), opaque, str("args"), opaque, str("allowed_outputs"), opaque), ""},
		"not known entry":    {llmWith(str("allowed_outputs"), list(opaque, one)), "/steps/0/allowed_outputs/1"},
		"not known step":     {object(str("steps"), list(opaque)), ""},
		"not known steps":    {object(str("steps"), opaque), ""},
		"not known root":     {opaque, ""},
		"not known key":      {object(str("steps"), list(object(opaque, one))), ""},
		"not known type":     {object(str("steps"), list(object(str("id"), one, str("type"), opaque))), "/steps/0/id"},
		"not known prompt":   {object(str("steps"), list(object(str("id"), opaque, str("type"), str("llm"), str("prompt"), opaque))), ""},
		"not known block":    {object(str("steps"), list(object(str("id"), str("a"), str("type"), str("parallel"), str("parallel_steps"), opaque))), ""},
		"not known sub-step": {object(str("steps"), list(object(str("id"), str("a"), str("type"), str("parallel"), str("parallel_steps"), list(opaque)))), ""},
		"last of equal keys": {llmWith(str("prompt"), one), "/steps/0/prompt"},
		"merged":             {merged, "/steps/0/system /steps/0/tool"},
		"long integer":       {llmWith(str("max_retries"), scalar(syntax.Int, strings.Repeat("9", 10_000_000))), ""},
		"long number":        {llmWith(str("timeout_seconds"), scalar(syntax.Int, strings.Repeat("9", 10_000_000))), "/steps/0/timeout_seconds"},
		"great exponent":     {llmWith(str("max_retries"), scalar(syntax.Float, "1e999999999")), "/steps/0/max_retries"},
		"small exponent":     {llmWith(str("max_retries"), scalar(syntax.Float, "1e-999999999")), ""},
	} {
		if got := strings.Join(pointers(Check(c.root)), " "); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// randomValue is an ordinary or odd value; steps hold steps.
func randomValue(r *rand.Rand, depth int) *syntax.Node {
	texts := []string{"", "a", "llm", "tool", "parallel", "condition", "fail", "retry", "3", "1.5", "yes", "MQ=="}
	text := texts[r.IntN(len(texts))]
	switch k := syntax.Kind(r.IntN(int(syntax.Set) + 1)); k {
	case syntax.Bool:
		return scalar(k, strconv.FormatBool(r.IntN(2) == 0))
	case syntax.Int, syntax.Float:
		return scalar(k, []string{"0", "1", "-7", strings.Repeat("9", 299), "1" + strings.Repeat("0", 400)}[r.IntN(5)])
	case syntax.List:
		l := list()
		for range r.IntN(3) {
			if depth > 0 && r.IntN(2) == 0 {
				l.Items = append(l.Items, randomStep(r, depth-1))
			} else {
				l.Items = append(l.Items, randomValue(r, 0))
			}
		}
		return l
	case syntax.Map, syntax.Set:
		m := mapping(k)
		for depth > 0 && r.IntN(2) == 0 {
			m.Pairs = append(m.Pairs, syntax.Pair{Key: randomValue(r, 0), Value: randomValue(r, 0)})
		}
		return m
	default:
		return scalar(k, text)
	}
}

// randomStep is a step that is right more often than not.
func randomStep(r *rand.Rand, depth int) *syntax.Node {
	typ := []string{"llm", "tool", "condition", "parallel"}[r.IntN(4)]
	n := object(str("id"), str("a"), str("type"), str(typ), str("prompt"), str("p"), str("tool"), str("t"), str("condition"), str("c"), str("then"), str("a"))
	if typ == "parallel" && depth > 0 {
		n.Pairs = append(n.Pairs, syntax.Pair{Key: str("parallel_steps"), Value: list(randomStep(r, depth-1), randomStep(r, depth-1))})
	}
	for r.IntN(3) > 0 {
		f := StepFields()[r.IntN(len(StepFields()))]
		p := syntax.Pair{Key: str(f.Name), Value: randomValue(r, depth), Merged: r.IntN(4) == 0}
		if i := slices.IndexFunc(n.Pairs, func(p syntax.Pair) bool { return p.Key.IsString(f.Name) }); i >= 0 && r.IntN(2) == 0 {
			n.Pairs[i].Value = p.Value
		} else {
			n.Pairs = append(n.Pairs, p)
		}
	}
	return n
}

// TestPlainIsAccepted: with the plain test and without it, and with or without equal steps before, the
// complaints are the same.
func TestPlainIsAccepted(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	plain := 0
	for range 6_000 {
		a, b := randomStep(r, 2), randomStep(r, 2)
		root := object(str("steps"), list(a, b))
		if r.IntN(5) == 0 {
			root.Pairs = append(root.Pairs, syntax.Pair{Key: str(ProgramFields()[r.IntN(7)].Name), Value: randomValue(r, 1)})
		}
		got, want := pointers(Check(root)), pointers(check(root, true))
		if !slices.Equal(got, want) {
			t.Fatalf("%s\nplain: %q\njudged: %q", syntax.Print(root, syntax.JSON), got, want)
		}
		if read := tables().step.read(a); read.plain {
			plain++
			if v := judge(compiled().step, read.object(noObject)); len(v.faults) > 0 {
				t.Fatalf("a plain step has faults: %+v", v.faults)
			}
		}
	}
	if plain < 600 {
		t.Errorf("only %d steps were plain", plain)
	}
}

// TestFileAlone validates documents with the schema file and nothing else, as an editor does. The file
// can say everything but what its comment says it cannot.
func TestFileAlone(t *testing.T) {
	agree, excused := 0, 0
	for i, c := range recordings(t) {
		var v any
		d := json.NewDecoder(bytes.NewReader(c.Program))
		d.UseNumber()
		if d.Decode(&v) != nil || bytes.Count(c.Program, []byte("parallel_steps")) > 10 {
			continue // NaN and Infinity; depths that take the validator long
		}
		switch accepted := compiled().program.Validate(v) == nil; {
		case accepted == (len(c.Errors) == 0):
			agree++
		case len(c.Program) > 4300 || bytes.Contains(c.Program, []byte("e+")) || bytes.Contains(c.Program, []byte(`.0`)) || bytes.Contains(c.Program, []byte("179769313486231580793728")):
			excused++
		default:
			t.Errorf("line %d: the file accepts: %v: %.300s", i+1, accepted, c.Program)
		}
	}
	t.Logf("%d agree, %d are beyond JSON Schema", agree, excused)
	if excused > 40 {
		t.Errorf("%d documents are beyond JSON Schema", excused)
	}
}

// FuzzCheck: no text upsets the check, and the plain test changes nothing.
func FuzzCheck(f *testing.F) {
	for i, c := range recordings(f) {
		if i%50 == 0 && len(c.Program) < 1000 {
			f.Add(string(c.Program))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		root := parse(syntax.JSON, text)
		got := Check(root)
		if want := check(root, true); !slices.Equal(pointers(got), pointers(want)) {
			t.Errorf("plain: %q, judged: %q", pointers(got), pointers(want))
		}
		wellFormed(t, len(text), got)
	})
}
