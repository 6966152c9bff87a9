package lsp

import (
	"slices"
	"strings"
)

// mostOffers is how many names of one kind an answer holds: who looks for another types more of it.
const mostOffers = 100

// choice is those of many names that fit best what has been typed: the name itself, then those that begin so, then those that have the
// same letters in the same order, as editors look for them. Of few names it is all, for the editor to choose from.
type choice struct {
	typed string
	many  bool
	by    [3][]offer // by how they fit
	more  bool       // something is left out
}

// choose begins a choice among so many names.
func (p *probe) choose(names int, typed string) *choice {
	return &choice{typed: typed, many: names >= mostOffers}
}

// fits reports whether a name may be chosen, and how well it fits: 0 is best.
func (c *choice) fits(name string) (how int, ok bool) {
	switch {
	case !c.many:
		return 1, true
	case name == c.typed:
		return 0, true
	case strings.HasPrefix(name, c.typed):
		return 1, true
	}
	rest := c.typed
	for i := 0; i < len(name) && rest != ""; i++ {
		if name[i] == rest[0] || (name[i]^rest[0]) == 'a'-'A' && isLetter(rest[0]) {
			rest = rest[1:]
		}
	}
	c.more = c.more || rest != ""
	return 2, rest == ""
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// add takes an offer, if its name fits and there is room. It is false if no other can be taken any more.
func (c *choice) add(name string, o func() offer) bool {
	how, ok := c.fits(name)
	if !ok {
		return true
	}
	if c.many && len(c.by[how]) == mostOffers {
		c.more = true
	} else {
		c.by[how] = append(c.by[how], o())
	}
	return !c.isFull()
}

// isFull reports whether no name is known that could fit better than one that has been taken.
func (c *choice) isFull() bool {
	full := c.many && c.typed == "" && len(c.by[1]) == mostOffers
	c.more = c.more || full
	return full
}

// offers is what has been taken, the best first.
func (c *choice) offers(p *probe) []offer {
	all := slices.Concat(c.by[:]...)
	if c.many && len(all) > mostOffers {
		all, c.more = all[:mostOffers], true
	}
	p.more = p.more || c.more
	return all
}
