package syntax

import "github.com/nanolint/nanolint/source"

// Editor writes changes in the language and style of the text around them. Each method returns edits
// that leave the file well-formed, or false where it cannot be sure of that (a value shared through an
// alias, a place inside a construct it does not understand).
type Editor struct {
	File *source.File
	Lang Lang
}

// ReplaceString writes a string instead of a scalar, quoted if its language or content needs it. A
// scalar that is quoted already keeps its quotes.
func (e Editor) ReplaceString(n *Node, value string) ([]source.Edit, bool) { return nil, false }

// ReplaceScalar writes text, which must be a number, true, false or null, instead of a scalar.
func (e Editor) ReplaceScalar(n *Node, text string) ([]source.Edit, bool) { return nil, false }

// RemovePair takes out pair i of a mapping, with its comma or line.
func (e Editor) RemovePair(m *Node, i int) ([]source.Edit, bool) { return nil, false }

// RemoveItem takes out item i of a list, with its comma or line.
func (e Editor) RemoveItem(l *Node, i int) ([]source.Edit, bool) { return nil, false }

// InsertPair adds a pair behind pair after of a mapping (-1: at the front). value is printed with
// Print and is a scalar or a small collection.
func (e Editor) InsertPair(m *Node, after int, key string, value *Node) ([]source.Edit, bool) {
	return nil, false
}
