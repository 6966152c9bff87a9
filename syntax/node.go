// Package syntax reads JSON, YAML and the values in Python files, also in Markdown and in what language models answer,
// as one tree that loses nothing a linter must see: every key and value with its bytes, both of two equal keys, and
// values as the reference machine's own readers (json.loads of Python, safe_load of PyYAML, Python itself) understand
// them.
//
// However broken the text, there is a tree: what could be read, with [Opaque] nodes where something
// should stand, or where Python code computes what only a run can tell. What was wrong with the text is returned
// beside it. The package does not know what a program is; of the runtime it knows only the names by which
// Python code makes one.
package syntax

import (
	"math/big"
	"strconv"

	"github.com/nanolint/nanolint/source"
)

// Lang is a language that programs are written in.
type Lang uint8

// The languages.
const (
	JSON Lang = iota
	YAML
	JSONL // JSON Lines: a document on each line that is not blank
	Python
	Markdown // documents in fenced code blocks
	LLM      // what a language model answered: JSON, with or without a fence and prose around it
)

func (l Lang) String() string {
	return [...]string{"json", "yaml", "jsonl", "python", "markdown", "llm"}[l]
}

// Extension is what the names of files in the language usually end with.
func (l Lang) Extension() string {
	switch l {
	case Python:
		return ".py"
	case Markdown:
		return ".md"
	case LLM:
		return ".txt"
	}
	return "." + l.String()
}

// Kind is the type of a value as Python sees it.
type Kind uint8

// The kinds. Opaque is a value that is written but not known: broken text, one too deep to read, or Python code
// whose value only a run can tell. As the key of a pair it stands for any number of pairs, as an item for any
// number of items.
const (
	Opaque Kind = iota
	Null
	Bool
	Int
	Float
	String
	Date  // a YAML date or time stamp
	Bytes // YAML !!binary
	List
	Map
	Set // YAML !!set: the members are keys of Pairs
)

// Node is a value and where it is written. Nodes are never changed once they are read.
//
// Aliases share: the node of an alias has a span of its own, but its Items and Pairs are those of the
// anchor, and the spans inside lie there. A tree may therefore be walked whole only up to the size
// that the reader has checked. Names in Python share in the same way.
type Node struct {
	Kind  Kind
	Style Style // beside Kind, where it costs no memory
	Span  source.Span

	// Text of a scalar. String: its value. Bool: "true" or "false". Int: decimal digits with an
	// optional minus sign. Float: as strconv.ParseFloat reads it. Others: as spelled.
	Text source.Text

	Items []*Node // List
	Pairs []Pair  // Map, Set: in the order of the file; those of a merge key (<<) come last
}

// Style says how a node is written, for edits that must fit in.
type Style uint8

// The styles: quoted or plain scalars; collections in brackets are Flow, indented ones Block. In Python, Keywords is a
// mapping that a call with keyword arguments makes, Member a string that a member of an enumeration stands for, and
// Computed what cannot be edited where it stands: it is put together, or several places share it.
const (
	Plain Style = iota
	Quoted
	BlockScalar
	Flow
	Block
	Keywords
	Member
	Computed
)

// Pair is an entry of a mapping.
type Pair struct {
	Key    *Node
	Value  *Node
	Merged bool // from a merge key: written elsewhere, and weaker than the mapping's own
}

// Span is the pair from its key to the end of its value.
func (p Pair) Span() source.Span {
	return source.Span{Start: p.Key.Span.Start, End: max(p.Key.Span.End, p.Value.Span.End)}
}

// Get is the value that the runtime sees under key: the last of equal keys. It is nil if there is none.
func (n *Node) Get(key string) *Node {
	if p := n.Pair(key); p != nil {
		return p.Value
	}
	return nil
}

// Pair is the pair that [Node.Get] takes the value of.
func (n *Node) Pair(key string) *Pair {
	if n == nil {
		return nil
	}
	var found *Pair
	for i := range n.Pairs {
		p := &n.Pairs[i]
		if p.Key.Kind == String && p.Key.Text.Value == key && (found == nil || !p.Merged || found.Merged) {
			found = p
		}
	}
	return found
}

// IsString reports whether n is a string with that value.
func (n *Node) IsString(value string) bool {
	return n != nil && n.Kind == String && n.Text.Value == value
}

// StringValue is the value of a String, and empty for anything else and for nil.
func (n *Node) StringValue() string {
	if n == nil || n.Kind != String {
		return ""
	}
	return n.Text.Value
}

// Int is the value of an Int node.
func (n *Node) Int() *big.Int {
	v, _ := new(big.Int).SetString(n.Text.Value, 10)
	return v
}

// Float is the value of an Int or Float node, infinite if it is too large.
func (n *Node) Float() float64 {
	v, _ := strconv.ParseFloat(n.Text.Value, 64)
	return v
}

// Document is one value at the top of a file and what was wrong with its text. A JSON file holds one,
// a YAML or JSON Lines file any number. Those of a Python or Markdown file stand somewhere in it.
type Document struct {
	Root     *Node
	Problems []Problem

	// Lang is the language that the document is written in: that of the file, but for a document inside of another
	// text.
	Lang Lang
	// Embedded says that the document stands in a string of Python code, and String which expression makes that. The
	// document cannot be edited.
	Embedded bool
	String   source.Span
	// Sure says that Python code makes a program of it.
	Sure bool
	// Fence is where a document of a Markdown file stands, and nil for others.
	Fence *Fenced
}

// Problem is what a reader has to say about the text.
type Problem struct {
	source.Note
	Code    Code
	Related []source.Note
	Fix     *source.Fix // nil if there is no sure way to mend it
}

// Code sorts problems.
type Code uint8

// The codes. Each stops the reference machine's own reader.
const (
	Malformed      Code = iota // the text is not of its language
	Comment                    // a comment, where JSON has none
	TrailingComma              // a comma before a closing bracket, where JSON has none
	TooDeep                    // nested deeper than the reference machine's reader goes
	AliasBomb                  // aliases that expand beyond all measure, or into themselves
	BadEncoding                // bytes that are no UTF-8
	SecondDocument             // a further document where the runtime reads one
)

// How deep collections may be nested. Python's recursion ends at a thousand calls: json.loads needs one a
// level, safe_load two.
const (
	MaxDepth     = 990
	MaxYAMLDepth = 490
)

// Parse reads the documents of a file. There is always at least one, if only an Opaque root, but in Python and
// Markdown files: most hold none, and only what may be a program is read.
func Parse(f *source.File, l Lang) []Document {
	switch l {
	case Python:
		return parsePython(f)
	case Markdown:
		return parseMarkdown(f)
	case LLM:
		return []Document{parseAnswer(f)}
	}
	docs := parse(f, l)
	for i := range docs {
		docs[i].Lang = l
	}
	return docs
}

func parse(f *source.File, l Lang) []Document {
	switch l {
	case YAML:
		return parseYAML(f)
	case JSONL:
		return parseJSONL(f)
	}
	return parseJSON(f)
}
