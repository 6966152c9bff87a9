package cond_test

import (
	"testing"

	"github.com/nanolint/nanolint/cond"
	"github.com/nanolint/nanolint/value"
)

const benchCondition = "$classify.output == 'refund' and $amount <= 100.50 or 'vip' in $customer.tags"

func benchState() state {
	s := newState(value.Value{})
	s.outputs["classify"] = value.FromString("refund")
	s.data["amount"] = value.FromInt(250)
	tags := value.FromItems([]value.Value{value.FromString("new"), value.FromString("vip")})
	s.data["customer"] = value.FromPairs([]value.Pair{{Key: "id", Value: value.FromInt(7)}, {Key: "tags", Value: tags}})
	return s
}

func BenchmarkParse(b *testing.B) {
	b.SetBytes(int64(len(benchCondition)))
	b.ReportAllocs()
	for b.Loop() {
		cond.Parse(text(benchCondition))
	}
}

func BenchmarkEval(b *testing.B) {
	e, s := cond.Parse(text(benchCondition)), benchState()
	b.ReportAllocs()
	for b.Loop() {
		if yes, err := e.Eval(s); !yes || err != nil {
			b.Fatal(yes, err)
		}
	}
}

func BenchmarkParseTemplate(b *testing.B) {
	prompt := text("Ticket of $customer about $classify.output: is a refund of $amount right? Answer yes or no.")
	b.ReportAllocs()
	for b.Loop() {
		cond.ParseTemplate(prompt)
	}
}

func BenchmarkRender(b *testing.B) {
	t := cond.ParseTemplate(text("Ticket of $customer about $classify.output: is a refund of $amount right? Answer yes or no."))
	s := benchState()
	b.ReportAllocs()
	for b.Loop() {
		t.Render(s)
	}
}
