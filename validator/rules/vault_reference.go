package rules

import (
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL810", Name: "vault-reference", Severity: source.Error,
	Doc: `
A prompt contains a reference to a vault.

Nothing resolves ` + "`vault://`" + ` there: the model is sent the reference itself, which tells it, and the log of its provider, where a secret
is kept, and it cannot do anything with it. If something did resolve it, the model would be sent the secret.

Pass the reference to the tool that needs the secret, as an argument.
`,
	Bad: `
steps:
  - {id: sync_or_fail, type: llm, prompt: "Sign in with vault://secret/42 and read the orders", is_terminal: true}
`,
	Good: `
steps:
  - {id: sync_or_fail, type: tool, tool: read_orders, args: {token: vault://secret/42}, is_terminal: true}
`,
	Proof: `
llm: {sync_or_fail: I cannot do that.}
tools: {read_orders: none}
bad: {prompts: [[sync_or_fail, "Sign in with vault://secret/42 and read the orders"]]}
good: {calls: [[read_orders, {token: vault://secret/42}]]}
`,
	Run: func(p *Pass) {
		w := p.newWalker(func(n *syntax.Node) {
			const scheme = "vault://"
			at := strings.Index(n.Text.Value, scheme)
			if n.Kind != syntax.String || at < 0 {
				return
			}
			end := at + len(scheme)
			for end < len(n.Text.Value) && !strings.ContainsRune(" \t\r\n\"'`,;)]}>", rune(n.Text.Value[end])) {
				end++
			}
			if end > at+len(scheme) { // else the scheme is only spoken of
				p.Note(n.Text.Sub(at, end), "nothing resolves this reference, and the model is sent it as it stands: pass it to the tool that needs the secret")
			}
		})
		for s := range p.Program.All {
			if s.Kind != program.LLM {
				continue
			}
			for _, n := range [...]*syntax.Node{s.Prompt, s.System} {
				if n != nil {
					w.walk(n)
				}
			}
		}
	},
})
