package validator_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/validator"
)

// pythonCode is five kilobytes of Python without a program.
func pythonCode() string {
	var b strings.Builder
	b.WriteString("import os\n\n\nclass Trainer:\n    \"\"\"Trains in many steps.\"\"\"\n\n")
	for i := 0; b.Len() < 5000; i++ {
		fmt.Fprintf(&b, "    def method_%d(self, x, *args, key=None, **kwargs):\n        if x > %d and key in self.table:\n"+
			"            return {\"a\": [x, f\"{key}: {x!r}\"], 'b': self.run(x, *args, **kwargs)}\n        return [y for y in args if y]\n\n", i, i)
	}
	return b.String()
}

// pythonProgram is a file of five kilobytes that makes one program.
func pythonProgram() string {
	var b strings.Builder
	b.WriteString("from nano_vm import Program, Step, StepType\n\nPROGRAM = Program(\n    name=\"orders\",\n    steps=[\n")
	for i := 0; b.Len() < 4900; i++ {
		fmt.Fprintf(&b, "        Step(\n            id=\"step_%d\", type=StepType.TOOL, tool=\"handle\",\n            args={\"order\": \"$order\", \"n\": %d},\n        ),\n", i, i)
	}
	b.WriteString("        Step(id=\"failed\", type=StepType.TOOL, tool=\"fail\", is_terminal=True),\n    ],\n)\n")
	return b.String()
}

func benchmarkPython(b *testing.B, text string, programs int) {
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		a := validator.Analyze(source.NewFile("a.py", text), validator.Options{Lang: syntax.Python, Target: program.Newest})
		if len(a.Programs) != programs {
			b.Fatal(len(a.Programs))
		}
	}
}

// BenchmarkPython analyzes files of five kilobytes: code that a look rejects, code that must be parsed to see that there
// is no program in it, and a program.
func BenchmarkPython(b *testing.B) {
	code := pythonCode()
	b.Run("rejected", func(b *testing.B) { benchmarkPython(b, strings.ReplaceAll(code, "steps", "rounds"), 0) })
	b.Run("parsed", func(b *testing.B) { benchmarkPython(b, code+"# nano_vm\n", 0) })
	b.Run("program", func(b *testing.B) { benchmarkPython(b, pythonProgram(), 1) })
}
