package runtime

import (
	"bytes"
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
	ids    []string // sorted
	slots  []slot   // one for each id
	text   []byte   // with a comma behind each entry, the last included, which is not hashed
	end    int      // slots from here on have never been in the text
	states []byte   // of the hash, one for each stride of the text
	good   int      // how many of them still hold

	// Slots whose entries in the text are out of date are among those from first on, before last.
	first, last int
	entries     []byte // what is to stand in their place

	fewText, fewEntries [128]byte // where they begin

	hash hash.Hash // of the text up to the last stride; nil as long as there is none
	sum  [sha256.Size]byte
	done bool // sum is of the present text
}

// slot is the place for the output of one id.
type slot struct {
	value value.Value
	known bool // whether there is one
	stale bool // whether its entry in the text is out of date
	noted bool // whether memory has noted what it was
	start int  // of its entry in the text, if it is before fingerprint.end
}

const (
	stride   = 512
	newEntry = 24 // bytes to make room for
)

// init begins with slots that are empty.
func (f *fingerprint) init(ids []string, slots []slot) {
	f.ids, f.slots = ids, slots
	f.text, f.entries = f.fewText[:0], f.fewEntries[:0]
	f.first = len(slots)
}

// touch says that the value of a slot is another one.
func (f *fingerprint) touch(i int) {
	f.slots[i].stale = true
	f.first, f.last = min(f.first, i), max(f.last, i+1)
}

// startOf is where the entry of a slot stands, or would stand.
func (f *fingerprint) startOf(i int) int {
	if i < f.end {
		return f.slots[i].start
	}
	return len(f.text)
}

// written is the text, brought up to date.
func (f *fingerprint) written() []byte {
	if f.first >= f.last {
		return f.text
	}
	from, to := f.startOf(f.first), f.startOf(f.last)
	for ; f.end < f.first; f.end++ {
		f.slots[f.end].start = len(f.text)
	}
	entries, behind := f.entries[:0], from
	isNew := f.first == f.end // all of it goes behind the text
	if isNew {
		entries, behind = slices.Grow(f.text, newEntry*(f.last-f.first)), 0
	}
	for i := f.first; i < f.last; i++ {
		s := &f.slots[i]
		start := behind + len(entries)
		switch {
		case s.stale:
			entries = append(append(entries, f.ids[i]...), '=')
			entries = append(value.AppendRepr(entries, s.value), ',')
			s.stale = false
		case i < f.end:
			entries = append(entries, f.text[s.start:f.startOf(i+1)]...)
		}
		s.start = start
	}
	switch {
	case isNew:
		f.text, f.good, f.done = entries, min(f.good, from/stride), false
	case !bytes.Equal(f.text[from:to], entries):
		for i := f.last; i < f.end; i++ {
			f.slots[i].start += len(entries) - (to - from)
		}
		f.text, f.good, f.done = slices.Replace(f.text, from, to, entries...), min(f.good, from/stride), false
		f.entries = entries
	}
	f.end = max(f.end, f.last)
	f.first, f.last = len(f.slots), 0
	return f.text
}

// stateSize is the length of the state of SHA-256 as the standard library writes it.
const stateSize = 108

// current is the hash of the present text.
func (f *fingerprint) current() [sha256.Size]byte {
	text := f.written()
	if f.done {
		return f.sum
	}
	text = text[:max(len(text)-1, 0)]
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
