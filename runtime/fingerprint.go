package runtime

import (
	"cmp"
	"crypto/sha256"
	"encoding"
	"hash"
	"slices"

	"github.com/nanolint/nanolint/value"
)

// fingerprint is the hash of a text that changes a little with each step: all outputs, sorted by id, as
//
//	ID=REPR,ID=REPR
//
// Hashing it anew after each step would cost the square of the length of a run. So the state of the hash is kept
// at every stride of the text, and after a change the hash goes on from the last state before it. Where new ids sort
// behind the old ones, as in a chain with ids in order, each step then costs what its own output does.
type fingerprint struct {
	text    []byte  // with a comma behind each entry, the last included, which is not hashed
	entries []entry // sorted by id
	states  []byte  // of the hash, one for each stride of the text
	good    int     // how many of them still hold

	fewBytes   [256]byte // where text and entries begin
	fewEntries [8]entry

	hash hash.Hash // of the text up to the last stride; nil as long as there is none
	sum  [sha256.Size]byte
	done bool // sum is of the present text
}

type entry struct {
	id    string
	start int // in the text
}

const stride = 512

// init makes room for so many entries.
func (f *fingerprint) init(entries int) {
	f.text, f.entries = f.fewBytes[:0], f.fewEntries[:0]
	if entries > len(f.fewEntries) {
		f.entries = make([]entry, 0, min(entries, 64))
	}
}

// put writes the output of an id, new or instead of the old one.
func (f *fingerprint) put(id string, v value.Value) {
	i, known := len(f.entries), false
	if i > 0 && f.entries[i-1].id >= id {
		i, known = slices.BinarySearchFunc(f.entries, id, func(e entry, id string) int { return cmp.Compare(e.id, id) })
	}
	start, end := f.startOf(i), f.startOf(i)
	if known {
		end = f.startOf(i + 1)
	} else {
		f.entries = slices.Insert(f.entries, i, entry{id, start})
	}
	rest := len(f.text) - end
	if rest == 0 {
		f.text = appendEntry(f.text[:start], id, v)
	} else {
		f.text = slices.Replace(f.text, start, end, appendEntry(nil, id, v)...)
	}
	moved := len(f.text) - rest - end
	for j := i + 1; j < len(f.entries); j++ {
		f.entries[j].start += moved
	}
	f.good, f.done = min(f.good, start/stride), false
}

func appendEntry(dst []byte, id string, v value.Value) []byte {
	dst = append(append(dst, id...), '=')
	return append(value.AppendRepr(dst, v), ',')
}

// startOf is where entry i stands, or would stand.
func (f *fingerprint) startOf(i int) int {
	if i < len(f.entries) {
		return f.entries[i].start
	}
	return len(f.text)
}

// stateSize is the length of the state of SHA-256 as the standard library writes it.
const stateSize = 108

// current is the hash of the present text.
func (f *fingerprint) current() [sha256.Size]byte {
	if f.done {
		return f.sum
	}
	text := f.text[:max(len(f.text)-1, 0)]
	if len(text) < stride {
		f.sum, f.done = sha256.Sum256(text), true
		return f.sum
	}
	if f.hash == nil {
		f.hash = sha256.New()
	}
	f.hash.Reset()
	at := f.good * stride
	if at > 0 {
		f.must(f.hash.(encoding.BinaryUnmarshaler).UnmarshalBinary(f.states[(f.good-1)*stateSize : f.good*stateSize]))
	}
	for ; at+stride <= len(text); at += stride {
		f.hash.Write(text[at : at+stride])
		states, err := f.hash.(encoding.BinaryAppender).AppendBinary(f.states[:f.good*stateSize])
		f.must(err)
		f.states, f.good = states, f.good+1
	}
	f.hash.Write(text[at:])
	f.hash.Sum(f.sum[:0])
	f.done = true
	return f.sum
}

// must panics if the standard library does not take back what it wrote itself.
func (f *fingerprint) must(err error) {
	if err != nil || len(f.states)%stateSize != 0 {
		panic("runtime: the state of SHA-256 is not what it was")
	}
}
