package paths

// recent is how many open choices are looked at again when something new is known.
const recent = 16

// assumeAll says that all literals hold.
func (s *store) assumeAll(way []*literal) bool {
	for _, l := range way {
		if !s.assume(l) {
			return false
		}
	}
	return true
}

// choose says that one of several ways holds, and draws what follows where only one is left, of this choice and of
// those before it. It is false if none is left. Of ways of which not all are given nothing follows.
func (s *store) choose(ways [][]*literal, all bool) bool {
	c := &choice{ways: ways, more: !all}
	s.open = append(s.open, c)
	s.undo = append(s.undo, func() { s.open = s.open[:len(s.open)-1] })
	if !s.settle(c) {
		return false
	}
	for _, before := range s.open[max(0, len(s.open)-1-recent) : len(s.open)-1] {
		if !s.settle(before) {
			return false
		}
	}
	return true
}

// settle assumes the only way that is left of a choice, if one is.
func (s *store) settle(c *choice) bool {
	if c.settled || c.more {
		return true
	}
	var left []*literal
	n := 0
	for _, way := range c.ways {
		if len(c.ways) == 1 || s.may(way) {
			left = way
			n++
		}
	}
	if n != 1 {
		return n > 0
	}
	c.settled = true
	s.undo = append(s.undo, func() { c.settled = false })
	return s.assumeAll(left)
}

// may reports whether a way may hold.
func (s *store) may(way []*literal) bool {
	mark := s.mark()
	defer s.rollback(mark)
	return s.assumeAll(way)
}
