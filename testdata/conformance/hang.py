"""Parallel blocks with models that never answer, beside tools that do, fail, or would be next: which tools are called all the same?

usage: hang.py > cases.jsonl; what came of them was recorded from the machine as for the other files.
"""
import itertools, json

number = itertools.count()


def emit(subs, limit=None, **fields):
    """A letter for each sub-step: a tool that returns, a tool that raises, a model that hangs, one that hangs and times out."""
    steps, tools, llm = [], {"first": [{"return": "a"}], "last": [{"return": "z"}]}, {}
    for k, kind in enumerate(subs):
        s, name = {"id": f"s{k}"}, f"t{k}"
        if kind in "te":
            s |= {"type": "tool", "tool": name}
            tools[name] = [{"return": k} if kind == "t" else {"error": "ValueError: boom"}]
        else:
            s |= {"type": "llm", "prompt": "p"} | ({"timeout_seconds": 0.02} if kind == "o" else {})
            llm[s["id"]] = [{"hang": True}]
        steps.append(s)
    block = {"id": "block", "type": "parallel", "parallel_steps": steps} | ({"max_concurrency": limit} if limit else {}) | fields
    around = [{"id": n, "type": "tool", "tool": n} for n in ("first", "last")]
    print(json.dumps({"id": f"hang-{next(number)}", "program": {"name": "hang", "steps": [around[0], block, around[1]]}, "tools": tools, "llm": llm}))


for subs in ("tht", "htt", "hht", "hhtt", "eht", "hte", "ott", "oht", "thoth", "h", "tttt"):
    for limit in (None, 1, 2, 3, 10**20):
        emit(subs, limit)
emit("hte", on_error="skip")
emit("hte", 1, on_error="skip")
emit("hte", 2, on_error="retry", max_retries=2)
emit("te", 1, on_error="retry", max_retries=2)
