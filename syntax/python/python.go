// Package python reads Python source code, version 3.12 and what is not newer, as far as a tool needs to
// find values in it: expressions with their places, and which name is bound to what in which scope.
//
// It runs nothing and imports nothing. However broken the text, there is a module: the statements that can be
// read, and [Bad] expressions where something should stand. It does not know what a program is, and does not
// check what a compiler checks behind the grammar.
package python

import "github.com/nanolint/nanolint/source"

// Kind is the kind of an expression.
type Kind uint8

// The kinds. Other is an expression whose value is never known, such as a comparison or a lambda: its Items
// are the expressions inside.
const (
	Bad Kind = iota // nothing that could be read stands where an expression should
	Other
	Name          // Name
	Constant      // Name: None, True, False or ...
	Number        // Name: as spelled
	String        // one or more literals; see [Module.Literals]. Items: the fields of f-strings
	Attribute     // X.Name
	Subscript     // X[Y]
	Call          // X(Items…)
	List          // [Items…]
	Tuple         // (Items…), with or without parentheses
	Dict          // {Items…}, each with a Key or two stars
	Set           // {Items…}
	Comprehension // of any kind; Items: the expressions inside
	Unary         // Name X: + or -
	Binary        // Items joined by the operator Name: +, % or |
)

// Expr is an expression.
type Expr struct {
	Kind   Kind
	Target bool        // it is assigned to, not read
	Span   source.Span // with the parentheses around it
	Name   string
	X, Y   *Expr
	Items  []Item
	Scope  *Scope // of a comprehension or lambda: names inside it are looked up there
}

// Item is an element of a collection, or an argument of a call.
type Item struct {
	Stars   int         // 1: *Value, 2: **Value
	Start   int         // of the first star, the keyword, the key or the value
	Key     *Expr       // of an entry of a dictionary
	Keyword source.Span // the name of an argument; empty if it has none
	Value   *Expr
}

// ScopeKind is what opens a scope.
type ScopeKind uint8

// The kinds of scopes. A Local scope is a comprehension's or a lambda's.
const (
	ModuleScope ScopeKind = iota
	FunctionScope
	ClassScope
	LocalScope
)

// Scope is a region in which names are bound.
type Scope struct {
	Parent *Scope // nil for the module
	Kind   ScopeKind
	names  map[string]*Variable
}

// Variable is a name in a scope and what is known of it.
type Variable struct {
	Bindings int
	Uses     int   // how often it is read in the file, where it does not mean another
	Value    *Expr // if it is bound by one assignment
	Within   *Scope

	// Module and Imported are set if an import binds it: "from Module import Imported", or "import Module" if
	// Imported is empty.
	Module, Imported string

	Parameter bool // of a function
	// Changes are the expressions that may change its value in place: the target of X[k] = … and X.a = …, the
	// callee of X.append(…).
	Changes []*Expr
}

// Root is an expression that is part of no other one.
type Root struct {
	Expr  *Expr
	Scope *Scope
}

// Error is what is wrong with the text at a place.
type Error struct {
	source.Note
	Depth bool // nested deeper than Python reads
}

// Module is a Python file.
type Module struct {
	Text   string
	Scope  *Scope
	Roots  []Root  // in the order of the file
	Errors []Error // of the grammar, in the order of the file; no more than a few

	// Opaque says that bytes behind ASCII do not mean what they mean in UTF-8, because the file declares another
	// encoding or is not valid in it.
	Opaque   bool
	Encoding string // that the file declares, in lower case; empty if none

	owners map[*Expr]*Variable
	memory *memory
}

// Owner is the variable that an expression is assigned to, if it is.
func (m *Module) Owner(e *Expr) *Variable { return m.owners[e] }

// Lookup is the variable that a name means in a scope. It is nil if the file binds it nowhere.
func (s *Scope) Lookup(name string) *Variable {
	for at := s; at != nil; at = at.Parent {
		if v := at.names[name]; v != nil && (at.Kind != ClassScope || at == s) {
			return v
		}
	}
	return nil
}
