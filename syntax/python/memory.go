package python

import "sync"

// memory is what the expressions of a module are made in. A module is read with every letter that somebody types, so it is used again: see
// [Module.Release].
type memory struct {
	exprs  blocks[Expr]
	items  blocks[Item]
	tokens []token
}

var memories = sync.Pool{New: func() any { return new(memory) }}

// blocks hands out values from blocks of so many.
type blocks[T any] struct {
	all  [][]T
	used int // of all
	free []T // of the last one that is used
}

const blockSize = 256

// take is n values, all zero.
func (b *blocks[T]) take(n int) []T {
	if len(b.free) < n {
		if b.used == len(b.all) {
			b.all = append(b.all, make([]T, blockSize))
		}
		b.free = b.all[b.used]
		b.used++
	}
	taken := b.free[:n:n]
	b.free = b.free[n:]
	return taken
}

// release forgets what was handed out.
func (b *blocks[T]) release() {
	for _, block := range b.all[:b.used] {
		clear(block)
	}
	b.used, b.free = 0, nil
}

// Release gives up the module, of which nothing may be used any more: other modules are made in its memory.
func (m *Module) Release() {
	m.memory.exprs.release()
	m.memory.items.release()
	memories.Put(m.memory)
	*m = Module{}
}
