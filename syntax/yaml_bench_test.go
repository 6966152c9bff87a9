package syntax

import (
	"encoding/json"
	"testing"

	"github.com/nanolint/nanolint/source"
)

func BenchmarkParseYAML(b *testing.B) {
	for _, p := range benchmarkPrograms {
		tree := Parse(source.NewFile("", p.make(8<<20)), JSON)[0].Root
		text := Print(tree, YAML)
		b.Run(p.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if docs := Parse(source.NewFile("", text), YAML); len(docs[0].Problems) > 0 {
					b.Fatal(docs[0].Problems)
				}
			}
		})
		// The same content as JSON, for encoding/json.
		data := []byte(Print(tree, JSON))
		b.Run(p.name+"/unmarshal", func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				var v any
				if err := json.Unmarshal(data, &v); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
