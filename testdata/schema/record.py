"""Record what the runtime's construction says about odd documents.

usage: record.py CLONE OUT

CLONE is a checkout of llm-nano-vm (package nano_vm); pydantic 2 and PyYAML must be installed. Writes into OUT:
  construct.jsonl  one case a line: {"p": document, "e": [[place, kind], ...]}; e is empty if accepted
  construct-yaml.jsonl  the same for YAML: {"y": text, "e": [[place, kind], ...]}
  fields.json      the fields of the program and of a step: [name, required, default] in order
The same arguments give the same files.
"""
import json
import random
import sys
import types

import yaml

sys.path.insert(0, sys.argv[1])
stub = types.ModuleType("litellm")
stub.acompletion = None
sys.modules["litellm"] = stub
from nano_vm.models import Program, Step  # noqa: E402
from pydantic import ValidationError  # noqa: E402

random.seed(20)
INF = float("inf")
TEXTS = [
    "", " ", "x", "3", " +3 ", "-1", "+-3", "007", "1_000", "1__0", "_3", "3_", "0__1", "0-1", "-0_0", "0-_7", "0-01",
    "3.000", "3.0_0", "3.", ".0", ".5", "3.5", "+ 3", "1_0.5", " 1_0.5", "1e5", "1E+5", "1e", "1e400", "-1e-400",
    "1_e_5", "0x10", "0o7", "\u0663", "\uff13", "\u00a03\u2003", "\u30003", "\u200b3", "\ufeff3", "\x1c3", "\x853", "3\n",
    "\u180e3", "1\x00", "\ud8003", "\ud800", "inf", "-Infinity", "+nan", "NaN", "i_nf", "infinit", "true", "True", "YES",
    "yes ", "y", "n", "on", "OFF", "t", "F", "1", "0", "0.0", "2", "ye\u017f", "llm", "LLM", "tool", " llm", "parallel",
    "condition", "fail", "skip", "retry", "Retry", "fallback", "null",
]
LONG = [
    "1" * 4300, "1" * 4301, "+" + "1" * 4300, "-" + "1" * 4299, "-" + "1" * 4300, "0" * 4400 + "1", "0" * 4400,
    "1_" * 2400 + "1", " " * 4400 + "7", "1." + "0" * 4400, "+-" + "0" * 4400 + "1", "x" * 4400, "1__" + "0" * 4400,
]
NUMBERS = [
    0, 1, -1, 3, 2**31, 2**53 + 1, 2**63 - 1, 2**63, -(2**63) - 1, 2**64, 10**30, 10**299, 10**301, 10**308, 10**309,
    -(10**309), 2**1024 - 2**970 - 1, 2**1024 - 2**970, 10**400, 0.0, -0.0, 1.0, -1.0, 3.0, 3.5, -0.5, 1e2, 1e-320,
    1e18, 9223372036854774784.0, -9223372036854774784.0, 2.0**63, -(2.0**63), 1e19, 1e300, INF, -INF, float("nan"),
]
OTHERS = [
    None, True, False, [], [[]], ["a"], ["", " a "], ["a", 1, "b", None], [True], [{}], {}, {"a": 1}, {"": None},
    {"id": "q", "type": "llm", "prompt": "p"}, [{"id": "q", "type": "llm", "prompt": "p"}], [None, "x", 5],
]
VALUES = TEXTS + NUMBERS + OTHERS
# one of every kind, for the crossings that would be too many otherwise
FEW = ["", "x", "3", "yes", "skip", 0, 1, 3.5, None, True, [], ["a"], ["a", 1], {}, {"a": 1}]

STEP_FIELDS, PROGRAM_FIELDS = list(Step.model_fields), list(Program.model_fields)
TYPES = ["llm", "tool", "condition", "parallel"]


def good(kind, name="a"):
    step = {"id": name, "type": kind}
    if kind == "llm":
        step["prompt"] = "p"
    elif kind == "tool":
        step["tool"] = "t"
    elif kind == "condition":
        step.update(condition="$a == 1", then="a")
    else:
        step["parallel_steps"] = [{"id": "s", "type": "tool", "tool": "t"}]
    return step


def program(*steps, **fields):
    return {"steps": list(steps), **fields}


def block(*subs, **fields):
    return {"id": "b", "type": "parallel", "parallel_steps": list(subs), **fields}


def nested(n, inner):
    for _ in range(n):
        inner = {"id": "n", "type": "llm", "prompt": "p", "parallel_steps": [inner]}
    return inner


def crossed():
    for field in PROGRAM_FIELDS:
        for v in VALUES:
            yield program(good("llm"), **{field: v}) if field != "steps" else {"steps": v}
    for field in STEP_FIELDS:
        for v in VALUES:
            yield program({**good("llm"), field: v})
        for v in FEW + OTHERS:
            yield program(block({**good("tool"), field: v}))
            for kind in TYPES:
                yield program({**good(kind), field: v})
    for v in LONG:
        for field in ("id", "max_retries", "max_concurrency", "timeout_seconds", "is_terminal"):
            if field in ("max_retries", "timeout_seconds") or len(v) == 4300:
                yield program({**good("llm"), field: v})
    for kind in TYPES:
        for field in STEP_FIELDS:
            step = good(kind)
            step.pop(field, None)
            yield program(step)
            yield program(block(step))
    for v in VALUES:
        yield v
        yield program(v)
        yield program(good("llm"), block(good("tool"), v))


def rules():
    empties = [None, "", " ", "x"]
    for kind in TYPES:
        for guard in (None, [], ["a"], ["a", 2], "a"):
            for x in empties:
                for y in empties:
                    yield program({
                        "id": "a", "type": kind, "prompt": x, "tool": x, "condition": x, "then": y, "otherwise": x and y,
                        "parallel_steps": [] if y is None else [good("tool")], "allowed_outputs": guard,
                    })
    for kinds in (("condition",), ("parallel",), ("llm", "condition"), ("tool", "parallel", "condition"), ("llm", "LLM")):
        for outer in TYPES:
            yield program({**good(outer), "parallel_steps": [good(k) for k in kinds], "allowed_outputs": []})


def depths():
    for n in (1, 2, 5, 40, 252, 253, 254, 255, 300):
        for leaf in (good("llm"), {"id": 1}, None, {"id": "x", "type": "llm"}):
            yield program(nested(n, leaf))


def pick():
    return random.choice(FEW if random.random() < 0.4 else VALUES)


def mixed_step(depth, bad):
    step = good(random.choice(TYPES), random.choice(["a", "b", "c", ""]))
    if step["type"] == "parallel" or random.random() < 0.1:
        subs = random.randint(0, 3) if depth else 0
        step["parallel_steps"] = [mixed_step(depth - 1, bad) for _ in range(subs)]
    for field in random.sample(STEP_FIELDS, random.choice([0, 0, 1, 2, 4])):
        if random.random() < bad:
            step[field] = pick()
        elif random.random() < bad:
            step.pop(field, None)
    if random.random() < 0.2:
        step[random.choice(["note", "retries", "Prompt", "next"])] = pick()
    return pick() if random.random() < bad / 10 else step


def mixed():
    for _ in range(1500):
        bad = random.choice([0.1, 0.3, 0.8])
        p = program(*[mixed_step(2, bad) for _ in range(random.randint(1, 3))])
        for field in PROGRAM_FIELDS:
            if random.random() < bad / 8:
                p[field] = pick()
        items = list(p.items())
        random.shuffle(items)
        yield dict(items)


def pointer(loc):
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in loc)


def verdict(document):
    try:
        Program.from_dict(document)
        return []
    except ValidationError as e:
        return [[pointer(x["loc"]), x["type"]] for x in e.errors(include_input=False, include_url=False)]


# what YAML can write in its own way
SPELLINGS = [
    "yes", "No", "ON", "off", "y", "TRUE", "yEs", "~", "null", "Null", "", "1.0", "1.10", "1.0.0", "010", "08", "0x10", "0b11",
    "0o10", "1_000", "1:30", "0:30", "-5", "+3", "1e3", "1e+3", "1.5e3", "1.5e+3", "6.02e+23", ".5", ".inf", "-.INF", ".nan",
    "2024-01-01", "2001-12-14t21:59:43.10-05:00", "'3'", '"3"', "!!str 5", "!!int '3'", "!!float 3", "!!binary YWJj",
    "!!binary Mw==", "!!binary /w==", "!!binary bGxt", "!!set {a}", "!!set {1}", "!!set {}", "!!null x", "[a, 1, yes, ~]", "[a, b]",
    "[]", "{}", "{a: 1}", "{yes: 1, no: 2}", "{1: 2, a: 3}", "{1: 2, true: 3, 1.0: 4}", "{~: 1}", "{1.5: 2, 1e+20: 3}",
    "{0x10: 1, 010: 2}", "{-.inf: 1}", "{!!binary YQ==: 1}", "llm", "'llm'", "LLM", "retry", "|\n      a\n", ">-\n      3\n      4\n",
]


def spelled():
    for v in SPELLINGS:
        yield "name: %s\nsteps:\n  - {id: a, type: llm, prompt: p}\n" % v
        yield "steps: %s\n" % v
        yield v
        for field in STEP_FIELDS:
            step = {k: x for k, x in good("llm").items() if k != field}
            body = "".join("    %s: %s\n" % x for x in step.items())
            yield "steps:\n  -\n%s    %s: %s\n" % (body, field, v)
    yield "1: 2\nyes: 3\nsteps:\n- 5: x\n  ~: y\n  id: a\n  type: tool\n  tool: t\n"
    yield "steps:\n- &a\n  id: a\n  type: tool\n  tool: 5\n- <<: *a\n  id: b\n- <<: *a\n  tool: t\n- *a\n"
    yield "steps:\n- &a {id: a, type: llm}\n- {<<: [*a, {prompt: p}], id: 7}\n- {prompt: p, <<: *a}\n"


def record_yaml(out):
    with open(out + "/construct-yaml.jsonl", "w", newline="\n") as f:
        for text in spelled():
            try:
                document = yaml.safe_load(text)
            except (yaml.YAMLError, ValueError):
                continue
            f.write(json.dumps({"y": text, "e": verdict(document)}, separators=(",", ":")) + "\n")


def record(out):
    seen = set()
    with open(out + "/construct.jsonl", "w", newline="\n") as f:
        for make in (crossed, rules, depths, mixed):
            for document in make():
                text = json.dumps(document, separators=(",", ":"))
                if text not in seen:
                    seen.add(text)
                    case = '{"p":%s,"e":%s}\n' % (text, json.dumps(verdict(json.loads(text)), separators=(",", ":")))
                    f.write(case)
    fields = {
        model.__name__.lower(): [
            [name, x.is_required(), None if x.is_required() else x.get_default(call_default_factory=True)]
            for name, x in model.model_fields.items()
        ]
        for model in (Program, Step)
    }
    with open(out + "/fields.json", "w", newline="\n") as f:
        json.dump(fields, f, indent=1)
        f.write("\n")


record(sys.argv[2])
record_yaml(sys.argv[2])
