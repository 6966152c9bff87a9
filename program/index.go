package program

import (
	"sort"
	"sync"
)

// index is the names of a program in one place: steps are many, and far apart in memory.
type index struct {
	once    sync.Once
	written []mention        // see [Step.Writes], step by step
	read    []mention        // in the order of the file
	subs    map[string]*Step // the first sub-step with that id
}

// mention is a name where a step of the list writes it, or where a variable begins with it.
type mention struct {
	name string
	step int32
	data bool // it is written under an output key
	use  *Use // that reads it
}

// index is that of the whole program, or that of the only step in which it differs from its base.
func (p *Program) index() *index {
	x := &p.names
	x.once.Do(func() {
		x.subs = make(map[string]*Step)
		if p.base != nil {
			x.add(p.Steps[p.anew], int32(p.anew))
			return
		}
		x.written, x.read = make([]mention, 0, 2*len(p.Steps)), make([]mention, 0, 2*len(p.Steps))
		for i, s := range p.Steps {
			x.add(s, int32(i))
		}
		gather(x.written)
		gather(x.read)
	})
	return x
}

// gather puts the names beside each other, too.
func gather(all []mention) {
	n := 0
	for i := range all {
		n += len(all[i].name)
	}
	text := make([]byte, 0, n)
	for i := range all {
		text = append(text, all[i].name...)
	}
	for i, rest := 0, string(text); i < len(all); i++ {
		n := len(all[i].name)
		all[i].name, rest = rest[:n], rest[n:]
	}
}

// add adds what step number top of the list mentions, or a sub-step of it.
func (x *index) add(s *Step, top int32) {
	for name, data := range s.Writes {
		x.written = append(x.written, mention{name: name, step: top, data: data})
	}
	for i := range s.Uses {
		x.read = append(x.read, mention{name: s.Uses[i].Path[0].Name, step: top, use: &s.Uses[i]})
	}
	for _, sub := range s.Subs {
		if _, known := x.subs[sub.ID()]; !known && sub.IDNode != nil {
			x.subs[sub.ID()] = sub
		}
		x.add(sub, top)
	}
}

// mentions calls yield for those of a kind, in their order.
func (p *Program) mentions(kind func(*index) []mention, yield func(mention) bool) {
	own := kind(p.index())
	parts := [...][]mention{own, nil, nil}
	if p.base != nil {
		all := kind(p.base.index())
		before := sort.Search(len(all), func(i int) bool { return int(all[i].step) >= p.anew })
		behind := sort.Search(len(all), func(i int) bool { return int(all[i].step) > p.anew })
		parts = [...][]mention{all[:before], own, all[behind:]}
	}
	for _, part := range parts {
		for _, m := range part {
			if !yield(m) {
				return
			}
		}
	}
}

// Write is a name that a step of the list leaves something under, as [Step.Writes] says.
type Write struct {
	Step int // of the list
	Name string
	Data bool
}

// Written calls yield for all writes of the program, step by step.
func (p *Program) Written(yield func(Write) bool) {
	p.mentions(func(x *index) []mention { return x.written }, func(m mention) bool {
		return yield(Write{int(m.step), m.name, m.data})
	})
}

// read calls yield for all variables.
func (p *Program) read(yield func(mention) bool) {
	p.mentions(func(x *index) []mention { return x.read }, yield)
}

// SubStep is the first sub-step of a parallel block with that id, and nil if there is none.
func (p *Program) SubStep(id string) *Step {
	own := p.index().subs[id]
	if p.base == nil {
		return own
	}
	other := p.base.index().subs[id]
	top := other
	for top != nil && top.Parent != nil {
		top = top.Parent
	}
	switch {
	case other == nil, own != nil && top.Index >= p.anew:
		return own
	case top.Index != p.anew:
		return other
	}
	for s := range p.All { // it is no longer where it was; there may be another
		if s.Parent != nil && s.IDNode != nil && s.ID() == id {
			return s
		}
	}
	return nil
}
