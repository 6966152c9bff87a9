package scenario

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/runtime"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/spelling"
	"github.com/nanolint/nanolint/syntax"
)

// Open is the program of a file that a case names, or an error that says why there is none. The path is as the case
// has it.
type Open func(path string) (*Subject, error)

// The keys of a case, and those that it may take over from the top of its file.
var (
	caseKeys   = []string{"name", "program", "context", "llm", "tools", "unregistered", "resume", "max_steps", "expect", "description"}
	sharedKeys = []string{"program", "context", "llm", "tools", "unregistered", "max_steps"}
)

// Read reads the cases of a file: each document is a case, a list of cases, or a mapping with a list under "cases",
// which take over what stands beside it.
func Read(f *source.File, lang syntax.Lang, target program.Version, open Open) *Suite {
	r := &reader{suite: &Suite{File: f, Lang: lang}, target: target, open: open, inline: make(map[*syntax.Node]*Subject)}
	r.strays = lang == syntax.JSONL // recorded cases may script what a mutated program has lost
	for _, doc := range syntax.Parse(f, lang) {
		broken := false
		for _, p := range doc.Problems {
			broken = broken || p.Code != syntax.SecondDocument
			if p.Code != syntax.SecondDocument {
				r.note(p.Span, "%s", p.Message)
			}
		}
		if !broken {
			r.document(doc.Root)
		}
	}
	slices.SortStableFunc(r.suite.Notes, func(a, b source.Note) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return r.suite
}

// ReadCase reads a case that was put together of parts of a YAML file and a program, which may lack a step or tool that is
// scripted.
func ReadCase(f *source.File, n *syntax.Node, target program.Version) (*Case, []source.Note) {
	r := &reader{suite: &Suite{File: f, Lang: syntax.YAML}, target: target, inline: make(map[*syntax.Node]*Subject), strays: true}
	r.oneCase(n, nil)
	if len(r.suite.Notes) > 0 {
		return nil, r.suite.Notes
	}
	return r.suite.Cases[0], nil
}

type reader struct {
	suite  *Suite
	target program.Version
	open   Open
	inline map[*syntax.Node]*Subject
	count  int  // of the cases so far, usable or not
	strays bool // steps and tools may be scripted that the program does not have
	bad    bool // the case at hand cannot be run
}

func (r *reader) note(at source.Span, format string, args ...any) {
	r.bad = true
	r.suite.Notes = append(r.suite.Notes, source.Note{Span: r.suite.File.WholeCharacters(at), Message: fmt.Sprintf(format, args...)})
}

const noCase = "the file holds no case: write one as a mapping with program and expect"

func (r *reader) document(root *syntax.Node) {
	switch {
	case root.Kind == syntax.Null, root.Kind == syntax.List && len(root.Items) == 0:
		r.note(root.Span, "%s", noCase)
	case root.Kind == syntax.List:
		for _, n := range root.Items {
			r.oneCase(n, nil)
		}
	case root.Get("cases") != nil:
		r.keys(root, slices.Concat(sharedKeys, []string{"cases", "name", "description"}))
		cases := root.Get("cases")
		if cases.Kind != syntax.List {
			r.note(cases.Span, "cases must be a list of cases, not %s", kindName(cases))
			return
		}
		if len(cases.Items) == 0 {
			r.note(cases.Span, "%s", noCase)
		}
		for _, n := range cases.Items {
			r.oneCase(n, root)
		}
	default:
		r.oneCase(root, nil)
	}
}

// oneCase reads a case, with what it does not say itself taken from shared.
func (r *reader) oneCase(n, shared *syntax.Node) {
	r.bad = false
	r.count++
	if n.Kind != syntax.Map {
		r.note(n.Span, "a case must be a mapping with program and expect, not %s", kindName(n))
		return
	}
	r.keys(n, caseKeys)
	get := func(key string) *syntax.Node {
		v := n.Get(key)
		if v == nil && slices.Contains(sharedKeys, key) {
			if p := shared.Pair(key); p != nil {
				v = p.Value
			}
		}
		if v != nil && v.Kind == syntax.Null {
			return nil
		}
		return v
	}
	c := &Case{Node: n, Name: r.text(get("name"), "name")}
	if c.Name == "" {
		c.Name = "case " + strconv.Itoa(r.count)
	}
	c.Subject = r.subject(get("program"), n)
	if ctx := get("context"); ctx != nil && r.mapping(ctx, "context") {
		c.context = runtime.ValueOf(ctx)
	}
	c.models, c.tools = r.table(get("llm"), "llm"), r.table(get("tools"), "tools")
	if names := get("unregistered"); names != nil {
		c.missing = make(map[string]bool)
		for _, name := range r.list(names, "unregistered") {
			c.missing[r.text(name, "a name in unregistered")] = true
		}
	}
	if payloads := get("resume"); payloads != nil {
		for _, p := range r.list(payloads, "resume") {
			c.resume = append(c.resume, runtime.ValueOf(p))
		}
	}
	if limit := get("max_steps"); limit != nil {
		if v, ok := program.IntOf(limit); ok && v.IsInt64() && v.Sign() > 0 {
			c.limit = int(v.Int64())
		} else {
			r.note(limit.Span, "max_steps must be a positive number: it says when a run counts as endless")
		}
	}
	r.expectation(c, get("expect"))
	if c.Subject != nil && !r.strays {
		r.names(c, get)
	}
	if !r.bad {
		r.suite.Cases = append(r.suite.Cases, c)
	}
}

// subject is the program of a case: it stands there, or the path of its file does.
func (r *reader) subject(n, of *syntax.Node) *Subject {
	switch {
	case n == nil:
		r.note(firstKey(of), "the case has no program: write the path of its file, or the program itself, under program")
	case n.Kind == syntax.String:
		s, err := r.open(n.Text.Value)
		if err != nil {
			r.note(n.Span, "%s: %s", n.Text.Value, err)
			return nil
		}
		return s
	default:
		s := r.inline[n]
		if s == nil {
			s = NewSubject("", program.Decode(n, r.target))
			r.inline[n] = s
		}
		return s
	}
	return nil
}

// names complains of scripts for steps and tools that the program does not have: they would never be used.
func (r *reader) names(c *Case, get func(string) *syntax.Node) {
	if len(c.Subject.Rejected) > 0 {
		return
	}
	var models, tools []string
	for s := range c.Subject.Program.All {
		if s.Kind == program.LLM {
			models = append(models, s.ID())
		}
		if s.Tool != nil {
			tools = append(tools, s.Tool.StringValue())
		}
	}
	check := func(table *syntax.Node, known []string, what string) {
		if table == nil {
			return
		}
		for i := range table.Pairs {
			key := table.Pairs[i].Key
			if name := key.Text.Value; name != "*" && !slices.Contains(known, name) {
				r.note(key.Span, "the program has no %s %q%s", what, name, spelling.DidYouMean(name, known))
			}
		}
	}
	check(get("llm"), models, "llm step")
	check(get("tools"), tools, "tool")
}

func (r *reader) table(n *syntax.Node, what string) map[string][]runtime.Answer {
	if n == nil || !r.mapping(n, what) {
		return nil
	}
	r.twice(n)
	table := make(map[string][]runtime.Answer)
	for i := range n.Pairs {
		v := n.Pairs[i].Value
		answers := []*syntax.Node{v}
		if v.Kind == syntax.List {
			answers = v.Items
		}
		all := make([]runtime.Answer, 0, len(answers))
		for _, a := range answers {
			all = append(all, r.answer(a))
		}
		table[n.Pairs[i].Key.Text.Value] = all
	}
	return table
}

// answer reads an outcome. What is no mapping is a value that is returned.
func (r *reader) answer(n *syntax.Node) runtime.Answer {
	if n.Kind != syntax.Map {
		return runtime.Answer{Value: runtime.ValueOf(n)}
	}
	r.keys(n, []string{"return", "usage", "error", "hang"})
	var a runtime.Answer
	if v := n.Get("return"); v != nil {
		a.Value = runtime.ValueOf(v)
	}
	if v := n.Get("usage"); v != nil {
		a.Usage = runtime.ValueOf(v)
	}
	if v := n.Get("error"); v != nil {
		a.Error = r.text(v, "error")
	}
	if v := n.Get("hang"); v != nil {
		hang, ok := program.BoolOf(v)
		if !ok {
			r.note(v.Span, "hang must be true or false, not %s", kindName(v))
		}
		a.Hangs = hang
	}
	if len(n.Pairs) == 0 {
		r.note(n.Span, "an outcome says what happens: {return: VALUE}, {error: 'ValueError: text'} or {hang: true}")
	}
	return a
}

// keys complains of unknown keys, and of those that stand twice: nobody would see what the first of them says.
func (r *reader) keys(n *syntax.Node, known []string) {
	for i := range n.Pairs {
		if key := n.Pairs[i].Key; !slices.Contains(known, key.Text.Value) {
			r.note(key.Span, "unknown key %q%s: known are %s", key.Text.Value, spelling.DidYouMean(key.Text.Value, known), strings.Join(known, ", "))
		}
	}
	r.twice(n)
}

func (r *reader) twice(n *syntax.Node) {
	if r.strays {
		return // a recorder has written it
	}
	seen := make(map[string]*syntax.Node, len(n.Pairs))
	for i := range n.Pairs {
		p := &n.Pairs[i]
		if p.Merged {
			continue
		}
		if first := seen[p.Key.Text.Value]; first != nil {
			line, _ := r.suite.File.LineCol(p.Key.Span.Start)
			r.note(first.Span, "the key %q stands again in line %d, and only that one counts: remove one of them", p.Key.Text.Value, line)
		}
		seen[p.Key.Text.Value] = p.Key
	}
}

func (r *reader) mapping(n *syntax.Node, what string) bool {
	if n.Kind != syntax.Map {
		r.note(n.Span, "%s must be a mapping, not %s", what, kindName(n))
	}
	return n.Kind == syntax.Map
}

func (r *reader) list(n *syntax.Node, what string) []*syntax.Node {
	if n.Kind != syntax.List {
		r.note(n.Span, "%s must be a list, not %s", what, kindName(n))
	}
	return n.Items
}

func (r *reader) text(n *syntax.Node, what string) string {
	if n == nil {
		return ""
	}
	if n.Kind != syntax.String {
		r.note(n.Span, "%s must be a string, not %s", what, kindName(n))
	}
	return n.Text.Value
}

func kindName(n *syntax.Node) string {
	switch n.Kind {
	case syntax.Null:
		return "null"
	case syntax.Bool:
		return "a boolean"
	case syntax.Int, syntax.Float:
		return "a number"
	case syntax.String, syntax.Date, syntax.Bytes:
		return "a string"
	case syntax.List:
		return "a list"
	}
	return "a mapping"
}

// firstKey is a narrow place that stands for a mapping.
func firstKey(n *syntax.Node) source.Span {
	if len(n.Pairs) > 0 {
		return n.Pairs[0].Key.Span
	}
	return source.Span{Start: n.Span.Start, End: min(n.Span.Start+1, n.Span.End)}
}
