package runtime

import (
	"fmt"
	"math"
	"math/big"
	"strings"

	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/syntax"
	"github.com/nanolint/nanolint/value"
)

// Usage is what a model says it used.
type Usage struct {
	Prompt, Completion, Total *big.Int
	Cost                      *float64 // in dollars; nil if it is not known
}

// given is what an adapter handed over last, and what it means: most say the same again and again.
type given struct {
	value value.Value
	means *Usage
}

func (g *given) usage(v value.Value) (*Usage, string) {
	if value.Identical(v, g.value) {
		return g.means, ""
	}
	u, err := usageOf(v)
	if err == "" {
		g.value, g.means = v, u
	}
	return u, err
}

// usageOf reads what an adapter hands over. Nothing, and what counts as nothing in Python, is none.
func usageOf(v value.Value) (*Usage, string) {
	if !v.Truth() {
		return nil, ""
	}
	if v.Kind() != value.Dict {
		return nil, fmt.Sprintf("TypeError: nano_vm.models.LLMUsage() argument after ** must be a mapping, not %s", v.Kind())
	}
	u := &Usage{Prompt: new(big.Int), Completion: new(big.Int), Total: new(big.Int)}
	var wrong []string
	for _, count := range [...]struct {
		name string
		to   **big.Int
	}{{"prompt_tokens", &u.Prompt}, {"completion_tokens", &u.Completion}, {"total_tokens", &u.Total}} {
		given, known := v.Get(count.name)
		if !known {
			continue
		}
		if given.Kind() == value.Int {
			*count.to = given.Big()
		} else if n, ok := program.IntOf(nodeOf(given)); ok {
			*count.to = n
		} else {
			wrong = append(wrong, complaint(count.name, given, "integer"))
		}
	}
	if given, known := v.Get("cost_usd"); known && !given.IsNone() {
		if f, ok := program.FloatOf(nodeOf(given)); ok {
			u.Cost = &f
		} else {
			wrong = append(wrong, complaint("cost_usd", given, "number"))
		}
	}
	if len(wrong) == 0 {
		return u, ""
	}
	plural := "s"
	if len(wrong) == 1 {
		plural = ""
	}
	return nil, fmt.Sprintf("ValidationError: %d validation error%s for LLMUsage\n%s", len(wrong), plural, strings.Join(wrong, "\n"))
}

// nodeOf is a number or text as a file would spell it, for what construction makes of it.
func nodeOf(v value.Value) *syntax.Node {
	kind := map[value.Kind]syntax.Kind{value.Bool: syntax.Bool, value.Int: syntax.Int, value.Float: syntax.Float, value.String: syntax.String}[v.Kind()]
	n := syntax.NewString(value.Str(v))
	if kind == syntax.Bool {
		n.Text.Value = strings.ToLower(n.Text.Value)
	}
	n.Kind = kind
	return n
}

// complaint is what construction says of a value that is no number.
func complaint(field string, v value.Value, what string) string {
	kind, message := "int_type", "Input should be a valid integer"
	switch isFloat := v.Kind() == value.Float; {
	case what == "number" && v.Kind() == value.String:
		kind, message = "float_parsing", "Input should be a valid number, unable to parse string as a number"
	case what == "number":
		kind, message = "float_type", "Input should be a valid number"
	case v.Kind() == value.String:
		kind, message = "int_parsing", "Input should be a valid integer, unable to parse string as an integer"
	case isFloat && (math.IsInf(v.Float(), 0) || math.IsNaN(v.Float())):
		kind, message = "finite_number", "Input should be a finite number"
	case isFloat && v.Float() != math.Trunc(v.Float()):
		kind, message = "int_from_float", "Input should be a valid integer, got a number with a fractional part"
	case isFloat:
		kind, message = "int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size"
	}
	shown := value.Repr(v)
	if runes := []rune(shown); len(runes) > 50 {
		shown = string(runes[:25]) + "..." + string(runes[len(runes)-24:])
	}
	return fmt.Sprintf("%s\n  %s [type=%s, input_value=%s, input_type=%s]\n    For further information visit https://errors.pydantic.dev/2.13/v/%s",
		field, message, kind, shown, v.Kind(), kind)
}
