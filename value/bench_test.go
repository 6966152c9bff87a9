package value_test

import (
	"testing"

	"github.com/nanolint/nanolint/value"
)

const benchJSON = `{"order":{"id":4711,"total":129.90,"items":["chair","table",null],"paid":true},"note":"it's fine","café":"ok"}`

func BenchmarkDecode(b *testing.B) {
	b.SetBytes(int64(len(benchJSON)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := value.Decode(benchJSON); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRepr(b *testing.B) {
	v, err := value.Decode(benchJSON)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	var dst []byte
	for b.Loop() {
		dst = value.AppendRepr(dst[:0], v)
	}
}
