package syntax

import "github.com/nanolint/nanolint/source"

// slab hands out nodes and the arrays of collections from large blocks: a program of ten megabytes
// has a million nodes, and a million small allocations would cost more than reading it.
type slab struct {
	nodes []Node
	pairs []Pair
	items []*Node
	size  int // of the last block of nodes
}

const (
	firstBlock = 32
	lastBlock  = 2048
)

// reserve allocates the nodes that a text will need at least, all at once: while memory grows block by block, it
// is searched for garbage again and again.
func (s *slab) reserve(n int) {
	s.nodes = make([]Node, n)
	s.size = min(n, lastBlock)
}

func (s *slab) node(k Kind, span source.Span) *Node {
	if len(s.nodes) == 0 {
		s.size = min(max(2*s.size, firstBlock), lastBlock)
		s.nodes = make([]Node, s.size)
	}
	n := &s.nodes[0]
	s.nodes = s.nodes[1:]
	n.Kind, n.Span = k, span
	return n
}

// scalar is a node that the file spells as it is.
func (s *slab) scalar(k Kind, value string, span source.Span) *Node {
	n := s.node(k, span)
	n.Text = source.VerbatimText(value, span)
	return n
}

// keepPairs copies the entries of a collection that is complete.
func (s *slab) keepPairs(from []Pair) []Pair { return keep(&s.pairs, from, s.size) }

func (s *slab) keepItems(from []*Node) []*Node { return keep(&s.items, from, s.size) }

func keep[T any](free *[]T, from []T, block int) []T {
	n := len(from)
	switch {
	case n == 0:
		return nil
	case n > block/4: // would waste too much of a block
		return append(make([]T, 0, n), from...)
	case n > len(*free):
		*free = make([]T, block)
	}
	kept := (*free)[:n:n]
	*free = (*free)[n:]
	copy(kept, from)
	return kept
}
