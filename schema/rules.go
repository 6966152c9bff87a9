package schema

import (
	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// rules turns the rules of step types, which are allOf of a step in the schema, into complaints. They
// stand in the order of the schema, which is the order in which construction checks them.
var rules = [...]func(r *reading, p, nested *place) Complaint{
	func(r *reading, p, _ *place) Complaint {
		return r.missing(p, "prompt", " needs a prompt, because its type is llm")
	},
	func(r *reading, p, _ *place) Complaint {
		return r.missing(p, "tool", " needs a tool, because its type is tool")
	},
	func(r *reading, p, _ *place) Complaint {
		return r.missing(p, "condition", " needs a condition, because its type is condition")
	},
	func(r *reading, p, _ *place) Complaint {
		field := "then"
		if r.get("then") == nil && r.get("otherwise") != nil {
			field = "otherwise"
		}
		return r.missing(p, field, " needs a step to go to in then or otherwise, because its type is condition")
	},
	func(r *reading, p, _ *place) Complaint {
		return r.missing(p, "parallel_steps", " needs at least one step in parallel_steps, because its type is parallel")
	},
	func(r *reading, p, nested *place) Complaint {
		typ := nested.node.Get("type")
		return r.rule(p, NestedBlock, "parallel_steps", typ, typ.Span,
			nested.name()+" cannot be a "+word(typ)+" step: a parallel block holds llm and tool steps only")
	},
	func(r *reading, p, _ *place) Complaint {
		return r.rule(p, GuardOnOther, "allowed_outputs", r.get("allowed_outputs"), r.node.Pair("allowed_outputs").Key.Span,
			p.name()+" cannot have allowed_outputs: its type is "+word(r.get("type"))+", and only llm steps have them")
	},
	func(r *reading, p, _ *place) Complaint {
		n := r.get("allowed_outputs")
		return r.rule(p, EmptyGuard, "allowed_outputs", n, n.Span, "allowed_outputs of "+p.name()+" must not be empty")
	},
}

func (r *reading) rule(p *place, k Kind, field string, n *syntax.Node, span source.Span, message string) Complaint {
	return Complaint{Pointer: p.pointer(), Kind: k, Field: field, Node: n, Step: p.node,
		Note: source.Note{Span: span, Message: message}}
}

// missing is the complaint that a field is not there, or empty, that the step's type asks for.
func (r *reading) missing(p *place, field, message string) Complaint {
	n, span := r.get(field), r.get("type").Span
	if n != nil {
		span = n.Span
	}
	return r.rule(p, MissingForType, field, n, span, p.name()+message)
}
