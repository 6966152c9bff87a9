package cond

const orderDoc = " Numbers, texts and lists compare with their like; anything else fails the step."

// docs says what operators mean, in Markdown.
var docs = [...]string{
	Equal:        "Both are equal. Numbers are compared by value, texts letter by letter; values of different kinds are never equal.",
	NotEqual:     "They are not equal. What is not there is `None`, which is unequal to everything else.",
	GreaterEqual: "The left side is greater or equal." + orderDoc,
	LessEqual:    "The left side is less or equal." + orderDoc,
	Greater:      "The left side is greater." + orderDoc,
	Less:         "The left side is less." + orderDoc,
	In:           "The left side is part of the text, an element of the list, or a key of the object on the right.",
	NotIn:        "The left side is no part of the text, no element of the list, and no key of the object on the right.",
	Contains:     "The same as `in`: the left side is part of the right one, whatever the word suggests.",
	And:          "Both sides are true. `and` and `or` bind alike and are read from left to right; there are no brackets.",
	Or:           "One of the sides is true. `and` and `or` bind alike and are read from left to right; there are no brackets.",
}

// Doc is a sentence or two about op, in Markdown.
func (op Op) Doc() string { return docs[op] }

// Operators calls yield for all operators, in a fixed order.
func Operators(yield func(Op) bool) {
	for op := Equal; int(op) < len(docs); op++ {
		if !yield(op) {
			return
		}
	}
}
