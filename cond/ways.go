package cond

import "slices"

// Judged is a term, without its nots, and the one outcome that evaluating it has.
type Judged struct {
	Term    Node
	Outcome Outcomes
}

// mostJoined is how many terms a condition may have for its ways to be told.
const mostJoined = 400

// Ways are the different ways in which evaluating n may come to one outcome: each the terms that are evaluated,
// in order, with what they come to. Where $a or $b holds, either $a does, or $a does not and $b does. The second
// result is false if there are more than most, or if n has too many terms; then nothing follows from the ways that
// are not listed.
func Ways(n Node, outcome Outcomes, most int) (ways [][]Judged, all bool) {
	joined, first := spine(n, nil)
	if len(joined) > mostJoined {
		return nil, false
	}
	slices.Reverse(joined)
	w := waysOf{joined: joined, outcome: outcome, most: most, all: true}
	w.leads = make([][2]bool, len(joined)+1)
	w.leads[len(joined)] = [2]bool{outcome == CanBeFalse, outcome == CanBeTrue}
	for i := len(joined) - 1; i >= 0; i-- {
		for truth := range 2 {
			if joined[i].matters(truth == 1) {
				w.leads[i][truth] = outcome == CanFail || w.leads[i+1][0] || w.leads[i+1][1]
			} else {
				w.leads[i][truth] = w.leads[i+1][truth]
			}
		}
	}
	w.judge(first, 0)
	return w.ways, w.all
}

type waysOf struct {
	joined  []*Binary // innermost first
	outcome Outcomes
	most    int
	leads   [][2]bool // by how many were joined and their truth: whether the outcome can still come
	way     []Judged
	ways    [][]Judged
	all     bool
}

// matters reports whether the right side is evaluated behind a left one of that truth.
func (n *Binary) matters(left bool) bool { return left == (n.Op != Or) }

// judge follows all outcomes of a term, behind which i are joined.
func (w *waysOf) judge(n Node, i int) {
	term, negated := positive(n)
	for _, o := range [...]Outcomes{CanBeTrue, CanBeFalse, CanFail} {
		of := o
		if negated {
			of = o.Not()
		}
		w.way = append(w.way, Judged{term, of})
		switch {
		case o == CanFail:
			if w.outcome == CanFail {
				w.found()
			}
		default:
			w.goOn(i, o == CanBeTrue)
		}
		w.way = w.way[:len(w.way)-1]
	}
}

// goOn goes on behind terms that came to a truth.
func (w *waysOf) goOn(i int, truth bool) {
	side := 0
	if truth {
		side = 1
	}
	for i < len(w.joined) && !w.joined[i].matters(truth) {
		i++
	}
	switch {
	case !w.leads[i][side] || !w.all:
	case i == len(w.joined):
		w.found()
	default:
		w.judge(w.joined[i].Right, i+1)
	}
}

func (w *waysOf) found() {
	if len(w.ways) == w.most {
		w.all = false
		return
	}
	w.ways = append(w.ways, slices.Clone(w.way))
}
