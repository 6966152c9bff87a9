"""Write the programs that are run both here and by the Python machine to be timed.

usage: bench.py > bench.jsonl
"""
import json


def tool(id, **more):
    return {"id": id, "type": "tool", "tool": more.pop("tool", id), **more}


def case(name, steps, **more):
    program = {"name": name, "steps": steps}
    for key in ("max_steps", "max_stalled_steps", "max_tokens"):
        if key in more:
            program[key] = more.pop(key)
    print(json.dumps({"name": name, "program": program, **more}))


# The refund pipeline of the package's own examples: ask, decide, pay.
refund = [
    {"id": "analyze", "type": "llm", "prompt": "Analyze $request", "output_key": "analysis"},
    {"id": "decide", "type": "llm", "prompt": "Refund? $analysis", "allowed_outputs": ["yes", "no"], "output_key": "decision"},
    {"id": "route", "type": "condition", "condition": "$decision == 'yes'", "then": "pay", "otherwise": "reject"},
    tool("pay", args={"order": "$order", "note": "for $request"}, is_terminal=True),
    tool("reject", is_terminal=True),
]
answers = {"llm": {"analyze": [{"return": "a broken cup"}], "decide": [{"return": "yes"}]}, "tools": {"pay": [{"return": {"id": 1}}]}}
case("refund", refund, context={"request": "my cup broke", "order": 7}, **answers)

case("chain1000", [tool(f"s{i:04}", tool="t") for i in range(1000)], tools={"t": [{"return": "ok"}]})
case("chain1000-unsorted", [tool(f"s{i}", tool="t") for i in range(1000)], tools={"t": [{"return": "ok"}]})

subs = [tool(f"p{i}", tool="t", args={"n": "$n"}) for i in range(100)]
case("parallel100", [{"id": "all", "type": "parallel", "parallel_steps": subs}], context={"n": 1}, tools={"t": [{"return": {"n": 1}}]})

# What the package's benchmark of 10,000 equal hashes runs.
case("replay", [
    {"id": "step_1_llm", "type": "llm", "prompt": "Analyze field $value", "output_key": "analysis"},
    tool("step_2_tool"),
    {"id": "step_3_cond", "type": "condition", "condition": "$value > 0.9", "then": "step_error", "otherwise": "step_4_success"},
    tool("step_4_success"),
    tool("step_error"),
], context={"value": 0.5}, tools={"step_2_tool": [{"return": {"processed": True}}], "step_4_success": [{"return": {"status": "done"}}]})

# The guard against executing twice: look, refuse if it is done, else do it and note it.
case("double-execution", [
    tool("lookup", output_key="done"),
    {"id": "guard", "type": "condition", "condition": "$done == True", "then": "skip", "otherwise": "charge"},
    tool("charge", args={"order": "$order"}, next_step="note"),
    tool("note", args={"receipt": "$charge.output"}, is_terminal=True),
    tool("skip", is_terminal=True),
], context={"order": 1}, tools={"lookup": [{"return": False}], "charge": [{"return": "r1"}]})

case("budget-steps", [tool("a", next_step="b"), tool("b", next_step="a")], max_steps=50, tools={"a": [{"return": 1}]})
case("budget-stall", [tool("a", next_step="b"), tool("b", next_step="a")], max_stalled_steps=20, tools={"a": [{"return": 1}]})
case("budget-tokens", [{"id": "a", "type": "llm", "prompt": "p", "next_step": "a"}], max_tokens=100,
     llm={"a": [{"return": "x", "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}]})

fails = [{"error": "ValueError: busy"}] * 9
case("adversarial-retries", [tool(f"r{i}", on_error="retry", max_retries=10) for i in range(10)],
     tools={f"r{i}": fails + [{"return": "ok"}] for i in range(10)})
