package rules

import (
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// A renamer gives ids and output keys that variables cannot spell a name that they can, everywhere.
type renamer struct {
	*Pass
	taken map[string]bool           // names that ids and output keys have already
	owned map[string]int            // how many ids and output keys have one of the old names
	refs  map[string][]*program.Ref // the fields that name a step by an old name
	wrote map[*syntax.Node]bool     // the nodes of refs, each once
}

func (p *Pass) newRenamer(names []unspeakable) *renamer {
	r := &renamer{Pass: p, taken: p.variableNames(), owned: map[string]int{}, refs: map[string][]*program.Ref{}, wrote: map[*syntax.Node]bool{}}
	for _, n := range names {
		r.owned[n.text]++
	}
	for s := range p.Program.All {
		for _, ref := range s.Refs() {
			if ref.Node != nil && r.owned[ref.Name()] > 0 && !r.wrote[ref.Node] {
				r.wrote[ref.Node] = true
				r.refs[ref.Name()] = append(r.refs[ref.Name()], ref)
			}
		}
	}
	return r
}

// fix renames one of the names with all its uses. There is none if the new name is taken, if several have
// the old one, or if a use is not spelled as it reads.
func (r *renamer) fix(n unspeakable, uses []use) []source.Fix {
	name := strings.Map(func(c rune) rune {
		if value.IsWord(c) {
			return c
		}
		return '_'
	}, strings.TrimSpace(n.text))
	if r.taken[name] || r.owned[n.text] > 1 || strings.Trim(name, "_") == "" {
		return nil
	}
	changes := []change{replaceString(n.node, name)}
	if n.id {
		for _, ref := range r.refs[n.text] {
			changes = append(changes, replaceString(ref.Node, name))
		}
	}
	for _, u := range uses {
		at := u.node.Text.Sub(u.at, u.at+len(n.text))
		if r.File.Slice(at) != n.text {
			return nil
		}
		changes = append(changes, func(syntax.Editor) ([]source.Edit, bool) {
			return []source.Edit{{Span: at, New: name}}, true
		})
	}
	return r.Pass.fix("rename it to "+brief(name), false, changes...)
}
