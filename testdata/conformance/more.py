"""Random cases of what flow.jsonl and guard.jsonl leave out, one a line: models in parallel blocks, odd usages, tools that are not
registered, answers that never come, time-outs of zero, odd ids, conditions behind conditions, suspensions inside loops.

usage: more.py N SEED > cases.jsonl; what came of them was recorded from the machine as for the other files.
"""
import json, random, sys

n, seed = int(sys.argv[1]), int(sys.argv[2])
R = random.Random(f"more-{seed}")
pick, maybe = R.choice, lambda p: R.random() < p

VALUES = [None, True, False, 0, 1, -1, 2.5, 1e16, 1e-7, 10**25, "", "yes", " yes ", "it's", 'q"', "é😀\u200b", "PENDING", " PENDING",
          [], [1, "a", None], {"k": {"n": 1}}, {"output": 3}, {}]
USAGES = [{}, None, {"total_tokens": 5}, {"prompt_tokens": "7", "total_tokens": 2.0}, {"total_tokens": True, "cost_usd": "0.5"},
          {"prompt_tokens": None}, {"total_tokens": "x"}, {"total_tokens": 1.5, "cost_usd": []}, {"cost_usd": None, "other": 1}, {"total_tokens": -3}]
ERRORS = ["ValueError: boom", "KeyError: k", "RuntimeError: ", "TimeoutError: slow", "OSError: gone", "VMError: own", "ValueError", "Odd: a: b"]
TEXTS = ["$a", "$a.output", "$x and $o1", "$s1.k.n", "$$x", "${x}", "a $missing b", "$x", "plain", "$s0", "$o0.k", "$__webhook__", "$__webhook__.n"]


def answer(texts):
    r = R.random()
    if r < 0.15:
        return {"error": pick(ERRORS)}
    o = {"return": pick(texts)}
    return o


def model(s, script):
    s["prompt"] = pick(TEXTS)
    if maybe(0.3):
        s["system"] = pick(TEXTS + [""])
    guard = R.sample(["yes", "no", " padded", "", "é"], R.randint(1, 3))
    if maybe(0.5):
        s["allowed_outputs"] = guard
    if maybe(0.4):
        s["timeout_seconds"] = pick([0, -1, 0.01, 0.02, 1, "0.01", True])
    if maybe(0.4):
        s["on_timeout"] = pick(["fallback", "fail", "FALLBACK", ""])
    outs = []
    for _ in range(R.randint(1, 3)):
        o = answer(guard + VALUES)
        if "return" in o and maybe(0.4):
            o["usage"] = pick(USAGES)
        if s.get("timeout_seconds") in (0.01, 0.02, "0.01") and maybe(0.4):
            o = {"hang": True}
        outs.append(o)
    if maybe(0.9):
        script[s["id"]] = outs


def tool(s, name, tools):
    s["tool"] = name
    if maybe(0.5):
        s["args"] = {k: pick(TEXTS + [1, None, ["$x"], {"d": "$x"}]) for k in R.sample(["p", "q", "class", "é"], R.randint(1, 3))}
    if maybe(0.9):
        tools[name] = [answer(VALUES) for _ in range(R.randint(1, 3))]


def policy(s):
    if maybe(0.4):
        s["on_error"] = pick(["fail", "skip", "retry"])
    if maybe(0.3):
        s["max_retries"] = pick([-1, 0, 1, 2, 5, "3", 2.0])
    if maybe(0.3):
        s["is_terminal"] = pick([True, False, "yes", 1])


for i in range(n):
    ids = [pick(["s%d", "s%d", "s%d", "s %d", "s,%d=", "é%d", "s.%d"]) % j for j in range(R.randint(2, 8))]
    if maybe(0.1):
        ids[-1] = ids[0]
    target = lambda: pick(ids) if maybe(0.95) else pick(["ghost", "", None])
    steps, llm, tools = [], {}, {}
    for j, sid in enumerate(ids):
        kind = R.choices(["llm", "tool", "condition", "parallel"], [3, 3, 4, 2])[0]
        s = {"id": sid, "type": kind}
        if kind == "llm":
            model(s, llm)
        elif kind == "tool":
            tool(s, f"t{j % 3}" if maybe(0.3) else f"u{j}", tools)
        elif kind == "condition":
            s["condition"] = pick(["$x == 1", "$o1", "$s0.output == 'yes'", "'yes' in $o0", "$missing", "$x > 'a'", "not $x", "$s1.output contains 'y'", "$o0.k.n == 1",
                                   "$x == 1 or $o1 > 2", "$__webhook__.n > 0", "$x.lower()", "== 1", "(", "True"])
            s["then"], s["otherwise"] = target(), target()
            if not s["then"] and not s["otherwise"]:
                s["then"] = ids[0]
        else:
            subs = []
            for q in range(R.randint(1, 4)):
                sub = {"id": f"{sid}-{q}" if maybe(0.85) else pick(ids), "type": pick(["llm", "tool"])}
                model(sub, llm) if sub["type"] == "llm" else tool(sub, f"p{j}{q}", tools)
                policy(sub)
                subs.append(sub)
            s["parallel_steps"] = subs
            if maybe(0.4):
                s["max_concurrency"] = pick([-1, 1, 2, 5, True])
        policy(s)
        if maybe(0.3):
            s["next_step"] = target()
        if maybe(0.4):
            s["output_key"] = pick([f"o{j}", "x", pick(ids), ""])
        steps.append(s)
    p = {"name": f"more{i}", "steps": steps}
    for key, odds, values in (("max_steps", 0.3, [0, -2, 3, 7, 12, "9", 10**30]), ("max_stalled_steps", 0.3, [-1, 0, 1, 2, 5]), ("max_tokens", 0.3, [-1, 0, 1, 6, 10])):
        if maybe(odds):
            p[key] = pick(values)
    case = {"id": f"more-{seed}-{i}", "program": p, "context": {"x": pick(VALUES), "a": pick(VALUES)}, "llm": llm, "tools": tools,
            "resume": [pick(VALUES) if maybe(0.3) else {"n": q} for q in range(R.randint(0, 4))]}
    if maybe(0.1) and tools:
        case["unregistered"] = [pick(sorted(tools))]
    print(json.dumps(case))
