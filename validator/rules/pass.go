package rules

import (
	"github.com/nanolint/nanolint/dataflow"
	"github.com/nanolint/nanolint/graphcheck"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/schema"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// Pass is everything that a rule may see of one program. It can change none of it.
type Pass struct {
	File       *source.File
	Lang       syntax.Lang        // that the program is written in
	Problems   []syntax.Problem   // of the text of the program's document
	Complaints []schema.Complaint // of the runtime's construction
	Program    *program.Program
	Graph      *graphcheck.Graph // of a run in which no tool suspends: most tools never do, and those that do are known

	Declared Declared // what is known beside the text

	// IsProgram is false for a document that somebody named but that is no program at all. Only what
	// says so should be reported of it.
	IsProgram bool

	// For rules about suppressions alone: those that stand in the program, and which rules have looked for something
	// to suppress.
	Suppressions []*Suppression
	HasRun       func(*Rule) bool

	Embedded bool // the program stands in a string: it cannot be edited

	Report func(source.Diagnostic) // fills in what follows from the rule and the place

	// Around runs a part of the work that several rules share, which is done when the first of them asks; nil: nothing is
	// done around it.
	Around Around

	flow            *dataflow.Facts
	suspending      *graphcheck.Graph // see mayEnter
	knownNames      []string          // see writtenNames
	knownConditions []evaluated       // see conditions
	knownReads      []read            // see reads
	circlesOf       map[int][]int     // see isOnCircleWith
	choosers        [][]*program.Step // see chosenBy
	knownCircles    []circle          // see circles
	scoped          *scope            // see scope

	knownReadings *readings // see readings

	knownSlips map[string][]source.Diagnostic // see tellSlips

	knownSuspensions *suspensionsOf // see suspended
}

// Around runs a part of the work for somebody who measures it. The zero value only runs it.
type Around func(part string, run func())

// Do runs a part.
func (a Around) Do(part string, run func()) {
	if a == nil {
		run()
		return
	}
	a(part, run)
}

// Flow is what may flow through the program, along the moves of Graph.
func (p *Pass) Flow() *dataflow.Facts {
	if p.flow == nil {
		p.Around.Do("data flow", func() { p.flow = dataflow.Analyze(p.Program, p.Graph) })
	}
	return p.flow
}

// Editor makes edits in the language of the program.
func (p *Pass) Editor() syntax.Editor {
	return syntax.Editor{File: p.File, Lang: p.Lang, ReadOnly: p.Embedded}
}

// Note reports a sentence about a place.
func (p *Pass) Note(at source.Span, message string) {
	p.Report(source.Diagnostic{Note: source.Note{Span: at, Message: message}})
}

// Entered reports whether control can come to a step that way.
func (p *Pass) Entered(s *program.Step, e program.Entry) bool {
	return p.Graph.Reaches(program.State{Step: s.Index, Entry: e})
}

// mayEnter is as Entered if tools may also suspend the run: what is safe must hold for them, too.
func (p *Pass) mayEnter(s *program.Step, e program.Entry) bool {
	if p.suspending == nil {
		p.Around.Do("graph", func() { p.suspending = graphcheck.Build(p.Program) })
	}
	return p.suspending.Reaches(program.State{Step: s.Index, Entry: e})
}
