package rules

import (
	"fmt"
	"math"
	"regexp"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

var _ = rule(Rule{
	ID: "NL809", Name: "secret", Severity: source.Error,
	Doc: `
A prompt or an argument contains a secret.

It is sent to the model or the tool as it stands, and it is in the file, in the history of the file, and in the traces of every run. Tokens
of well-known services are known by their form. What only looks random, in an argument that is called a password or a key, is a
warning. A value that a placeholder or an example would have is passed over.

Revoke the secret, and let the tool that needs it look it up.
`,
	Bad: `
steps:
  - {id: push_or_fail, type: tool, tool: push, args: {token: ghp_q7RkT2mXz9LbV4nWcY8sHd3JfGpA6eK1uBtZ}, is_terminal: true}
`,
	Good: `
steps:
  - {id: push_or_fail, type: tool, tool: push, is_terminal: true}
`,
	Proof: `
tools: {push: pushed}
bad: {calls: [[push, {token: ghp_q7RkT2mXz9LbV4nWcY8sHd3JfGpA6eK1uBtZ}]]}
good: {calls: [[push, {}]]}
`,
	More: []Example{
		{Name: "In a prompt", Reported: true, Program: `
steps:
  - {id: tell_or_fail, type: llm, prompt: Sign in with AKIAQ3ZV7LKW2MTRXH4B and list the buckets., is_terminal: true}
`},
		{Name: "Only by its look, deep in an argument", Reported: true, Program: `
steps:
  - {id: send_or_fail, type: tool, tool: send, args: {headers: [{api_key: q7RkT2mXz9LbV4nWcY8sHd3J}]}, is_terminal: true}
`},
		{Name: "Examples, variables, and names of secrets", Program: `
steps:
  - {id: push, type: tool, tool: push, args: {token: ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, key: $api_key, password: stored-in-the-keyring}}
  - {id: tell_or_fail, type: llm, prompt: A key looks like AKIAIOSFODNN7EXAMPLE or task-sk-ant-hill., is_terminal: true}
`},
	},
	Run: func(p *Pass) {
		w := p.newWalker(p.tellTokens)
		for s := range p.Program.All {
			switch {
			case s.Kind == program.LLM:
				for _, n := range [...]*syntax.Node{s.Prompt, s.System} {
					if n != nil {
						w.walk(n)
					}
				}
			case s.Kind == program.Tool && s.Args != nil:
				w.walk(s.Args)
			}
		}
	},
})

// token is a form of secrets.
type token struct {
	hint, what string
	form       func() *regexp.Regexp
}

// shortestToken is how long a token is at least, of any form.
const shortestToken = 20

// tokens are the forms of secrets, each with a text that all of that form contain: nearly no text does.
var tokens = [...]token{
	{"AKIA", "an access key of AWS", tokenForm(`AKIA[A-Z2-7]{16}`)},
	{"sk-ant-", "a key of Anthropic", tokenForm(`sk-ant-[A-Za-z0-9_-]{32,}`)},
	{"sk-proj-", "a key of OpenAI", tokenForm(`sk-proj-[A-Za-z0-9_-]{32,}`)},
	{"sk-", "a key of OpenAI", tokenForm(`sk-[A-Za-z0-9]{48}`)},
	{"gh", "a token of GitHub", tokenForm(`gh[pousr]_[A-Za-z0-9]{36}`)},
	{"github_pat_", "a token of GitHub", tokenForm(`github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}`)},
	{"glpat-", "a token of GitLab", tokenForm(`glpat-[A-Za-z0-9_-]{20}`)},
	{"AIza", "a key of Google", tokenForm(`AIza[A-Za-z0-9_-]{35}`)},
	{"xox", "a token of Slack", tokenForm(`xox[abprs]-[0-9]{10,}-[A-Za-z0-9-]{20,}`)},
	{"_live_", "a key of Stripe", tokenForm(`[sr]k_live_[A-Za-z0-9]{24,}`)},
	{"npm_", "a token of npm", tokenForm(`npm_[A-Za-z0-9]{36}`)},
	{"hf_", "a token of Hugging Face", tokenForm(`hf_[A-Za-z]{34}`)},
	{"SG.", "a key of SendGrid", tokenForm(`SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}`)},
	{"PRIVATE KEY-----", "a private key", lazyRegexp(`-----BEGIN [A-Z ]*PRIVATE KEY-----\s*[A-Za-z0-9+/=\s]{64,}`)},
}

// tokenForm is the form of a token that is no part of a longer word.
func tokenForm(form string) func() *regexp.Regexp {
	return lazyRegexp(`(?:^|[^A-Za-z0-9_-])(` + form + `)(?:$|[^A-Za-z0-9_-])`)
}

// tellTokens reports the secrets of a text, or of the values of a mapping by their keys.
func (p *Pass) tellTokens(n *syntax.Node) {
	for _, pair := range n.Pairs {
		if v := pair.Value; v.Kind == syntax.String && isSecretName(pair.Key) && looksRandom(v.Text.Value) && !hasToken(v.Text.Value) {
			p.Report(source.Diagnostic{Severity: source.Warning, Note: source.Note{
				Span:    v.Span,
				Message: fmt.Sprintf("%s looks like a secret: let the tool look it up, and revoke it if it is one", quote(pair.Key.Text.Value)),
			}})
		}
	}
	if n.Kind != syntax.String || len(n.Text.Value) < shortestToken {
		return
	}
	for _, t := range tokens {
		if i, j, found := t.in(n.Text.Value); found {
			p.Note(n.Text.Sub(i, j), fmt.Sprintf("this is %s: revoke it, and let the tool that needs it look it up", t.what))
			return
		}
	}
}

// in is where a text has a token of the form, unless it stands for one only.
func (t token) in(text string) (i, j int, found bool) {
	if !strings.Contains(text, t.hint) {
		return 0, 0, false
	}
	at := t.form().FindStringSubmatchIndex(text)
	if at == nil {
		return 0, 0, false
	}
	i, j = at[len(at)-2], at[len(at)-1]
	return i, j, !isPlaceholder(text[i:j])
}

func hasToken(text string) bool {
	for _, t := range tokens {
		if _, _, found := t.in(text); found {
			return true
		}
	}
	return false
}

// isPlaceholder reports whether a token is made up.
func isPlaceholder(token string) bool {
	lower := strings.ToLower(token)
	for _, sign := range [...]string{"example", "xxxx", "your", "placeholder", "dummy", "redacted", "0000", "1234567", "abcdef"} {
		if strings.Contains(lower, sign) {
			return true
		}
	}
	return entropy(token) < 2.5
}

// isSecretName reports whether a key says that its value is a secret.
func isSecretName(key *syntax.Node) bool {
	words := wordsOf(key.Text.Value)
	return hasAny(words, []string{"password", "passwd", "secret", "apikey"}) ||
		hasAny(words, []string{"key", "token"}) && hasAny(words, []string{"api", "access", "auth", "private", "bearer", "secret"})
}

// looksRandom reports whether a text is one word of mixed letters and digits that nobody would think of.
func looksRandom(text string) bool {
	const short, dense = 20, 3.8 // of words and names, the entropy of a character is less
	hasKind := func(chars string) bool { return strings.ContainsAny(text, chars) }
	return len(text) >= short && !hasKind(" $/:.") && hasKind("0123456789") && hasKind("abcdefghijklmnopqrstuvwxyz") &&
		hasKind("ABCDEFGHIJKLMNOPQRSTUVWXYZ") && !isPlaceholder(text) && entropy(text) >= dense
}

// entropy is the bits that a character of the text tells, by how often each occurs.
func entropy(text string) float64 {
	var counts [256]int
	for i := range len(text) {
		counts[text[i]]++
	}
	bits := 0.0
	for _, n := range counts {
		if n > 0 {
			share := float64(n) / float64(len(text))
			bits -= share * math.Log2(share)
		}
	}
	return bits
}
