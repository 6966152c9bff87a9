package config

import (
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// parseTOML reads [tool.nanolint] of a pyproject.toml as the tree that JSON and YAML are read as. It is nil if there is
// none.
//
// The library's decoder says what is wrong with the text, and its parser, which its authors call unstable because they
// may change it, where everything stands.
func parseTOML(f *source.File) (*syntax.Node, []Problem) {
	if !strings.Contains(f.Text, "nanolint") {
		return nil, nil // most projects: nothing is parsed
	}
	var whole map[string]any
	if err := toml.Unmarshal([]byte(f.Text), &whole); err != nil {
		var at source.Span
		message := err.Error()
		var decode *toml.DecodeError
		if errors.As(err, &decode) {
			line, column := decode.Position()
			at.Start = offsetOf(f.Text, line, column)
			at.End = at.Start
		}
		return nil, []Problem{{f, source.Note{Span: at, Message: strings.TrimPrefix(message, "toml: ")}}}
	}
	t := tomlReader{root: &syntax.Node{Kind: syntax.Map, Style: syntax.Block}}
	t.parser.Reset([]byte(f.Text))
	for t.parser.NextExpression() {
		t.expression(t.parser.Expression())
	}
	section := t.root.Get("tool").Get("nanolint")
	if section == nil {
		return nil, nil
	}
	return section, nil
}

// offsetOf is the offset of a line and a column in bytes, both from 1.
func offsetOf(text string, line, column int) int {
	at := 0
	for ; line > 1; line-- {
		next := strings.IndexByte(text[at:], '\n')
		if next < 0 {
			break
		}
		at += next + 1
	}
	return min(at+max(column-1, 0), len(text))
}

// tomlReader builds a tree of the expressions of a file that the decoder has found to be right.
type tomlReader struct {
	parser unstable.Parser
	root   *syntax.Node
	table  *syntax.Node // that keys belong to; nil for the root
}

func (t *tomlReader) expression(e *unstable.Node) {
	switch e.Kind {
	case unstable.Table:
		t.table = t.enter(t.root, t.keys(e.Key()))
	case unstable.ArrayTable:
		keys := t.keys(e.Key())
		last := keys[len(keys)-1]
		list := t.child(t.enter(t.root, keys[:len(keys)-1]), last, syntax.List)
		t.table = &syntax.Node{Kind: syntax.Map, Style: syntax.Block, Span: last.Span}
		list.Items = append(list.Items, t.table)
	case unstable.KeyValue:
		t.pair(t.current(), e)
	}
}

func (t *tomlReader) current() *syntax.Node {
	if t.table == nil {
		return t.root
	}
	return t.table
}

// pair adds a key with its value, which may have dots.
func (t *tomlReader) pair(m *syntax.Node, e *unstable.Node) {
	keys := t.keys(e.Key())
	last := keys[len(keys)-1]
	m = t.enter(m, keys[:len(keys)-1])
	m.Pairs = append(m.Pairs, syntax.Pair{Key: last, Value: t.value(e.Value(), last.Span)})
}

func (t *tomlReader) keys(it unstable.Iterator) []*syntax.Node {
	var keys []*syntax.Node
	for it.Next() {
		keys = append(keys, t.scalar(it.Node(), syntax.String))
	}
	return keys
}

// enter goes down a path of tables, the last of those that are lists.
func (t *tomlReader) enter(m *syntax.Node, keys []*syntax.Node) *syntax.Node {
	for _, key := range keys {
		m = t.child(m, key, syntax.Map)
		if n := len(m.Items); n > 0 {
			m = m.Items[n-1]
		}
	}
	return m
}

// child is the collection under a key, made where there is none.
func (t *tomlReader) child(m, key *syntax.Node, k syntax.Kind) *syntax.Node {
	if v := m.Get(key.Text.Value); v != nil {
		return v
	}
	v := &syntax.Node{Kind: k, Style: syntax.Block, Span: key.Span}
	m.Pairs = append(m.Pairs, syntax.Pair{Key: key, Value: v})
	return v
}

// value is a value behind a key. The parser does not say where lists and tables end, nor always where they begin.
func (t *tomlReader) value(n *unstable.Node, key source.Span) *syntax.Node {
	switch n.Kind {
	case unstable.Array:
		list := &syntax.Node{Kind: syntax.List, Style: syntax.Flow, Span: t.span(n, key)}
		for it := n.Children(); it.Next(); {
			list.Items = append(list.Items, t.value(it.Node(), key))
		}
		return list
	case unstable.InlineTable:
		m := &syntax.Node{Kind: syntax.Map, Style: syntax.Flow, Span: t.span(n, key)}
		for it := n.Children(); it.Next(); {
			t.pair(m, it.Node())
		}
		return m
	case unstable.String:
		return t.scalar(n, syntax.String)
	case unstable.Bool:
		return t.scalar(n, syntax.Bool)
	case unstable.Integer:
		return t.scalar(n, syntax.Int)
	case unstable.Float:
		return t.scalar(n, syntax.Float)
	}
	return t.scalar(n, syntax.Date)
}

func (t *tomlReader) span(n *unstable.Node, otherwise source.Span) source.Span {
	if n.Raw.Length == 0 {
		return otherwise
	}
	start := int(n.Raw.Offset)
	return source.Span{Start: start, End: start + int(n.Raw.Length)}
}

func (t *tomlReader) scalar(n *unstable.Node, k syntax.Kind) *syntax.Node {
	at, value := t.span(n, source.Span{}), string(n.Data)
	text := source.CoarseText(value, at)
	if at.Len() == len(value) || at.Len() == len(value)+2 {
		text = source.VerbatimText(value, at)
	}
	return &syntax.Node{Kind: k, Style: syntax.Quoted, Span: at, Text: text}
}
