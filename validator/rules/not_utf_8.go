package rules

import (
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL006", Name: "not-utf-8", Severity: source.Error,
	Doc: `
The file holds bytes that are not UTF-8.

They come from an editor that saves in another encoding, or from a file that was cut or mixed. Python refuses
to read the text, or reads other letters than were written.

Save the file as UTF-8.
`,
	Bad: `
{"steps": [{"id": "greet", "type": "llm", "prompt": "Greet the guest of Caf` + "\xe9" + ` Central."}]}
`,
	Good: `
{"steps": [{"id": "greet", "type": "llm", "prompt": "Greet the guest of Café Central."}]}
`,
	Only: OnlyJSON,
	Run:  func(p *Pass) { p.reportProblems(syntax.BadEncoding) },
})
