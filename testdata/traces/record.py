"""Records traces of the real machine, and what its TraceAnalyzer makes of them: a JSON line for each trace.

    python3 testdata/traces/record.py REF_DIR > testdata/traces/recorded.jsonl
    (REF_DIR: a checkout of Ale007XD/nano_vm at v0.8.8; Python 3.11, pydantic 2.13)

The programs are every tenth of testdata/conformance/flow.jsonl and guard.jsonl, and those below; each is run, and resumed
as long as it suspends and there are payloads. Clock and ids are replaced by ones that count, so every run of this script
prints the same. A line holds

    name, program, trace (what model_dump_json() prints), canonical_hash, receipt, summary,
    baseline (the name of the trace before), receipt_against, summary_against (both with that baseline)

    python3 testdata/traces/record.py REF_DIR load < testdata/traces/nanolint.jsonl > testdata/traces/loaded.jsonl

loads traces that nanolint has written and prints what model_dump_json() and the receipt are then.
"""
import asyncio, contextvars, dataclasses, datetime, json, os, re, sys, types

ref, mode = sys.argv[1], sys.argv[2:]
here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, ref)
sys.modules["litellm"] = types.ModuleType("litellm")
sys.modules["litellm"].acompletion = None
import nano_vm.models as models
import nano_vm.vm as vm
from nano_vm.analyzer import TraceAnalyzer
from nano_vm.models import Program, Trace

LIMIT = 400


class Clock(datetime.datetime):
    """Goes on whenever somebody looks; every fourth time is a whole second, as isoformat() writes those in another way."""
    ticks = 0

    @classmethod
    def now(cls, tz=None):
        cls.ticks += 1
        return datetime.datetime(2026, 1, 31, 12, tzinfo=tz) + datetime.timedelta(seconds=cls.ticks // 4, milliseconds=cls.ticks % 4 * 250.25)


class Ids:
    count = 0

    @classmethod
    def uuid4(cls):
        cls.count += 1
        return f"00000000-0000-4000-8000-{cls.count:012d}"


models.datetime, models.uuid = Clock, Ids
real_sleep = asyncio.sleep


class Asyncio:
    """asyncio as the machine sees it, with back-off that takes no time."""
    def __getattr__(self, name):
        return getattr(asyncio, name)

    @staticmethod
    async def sleep(_):
        await real_sleep(0)


vm.asyncio = Asyncio()
asking = contextvars.ContextVar("asking")


class Runaway(BaseException):
    pass


class Machine(vm.ExecutionVM):
    taken = 0

    async def _execute_llm(self, step, state):
        token = asking.set(step.id)
        try:
            return await super()._execute_llm(step, state)
        finally:
            asking.reset(token)

    async def _run_step(self, step, state):
        self.taken += 1
        if self.taken > LIMIT:
            raise Runaway
        return await super()._run_step(step, state)


def raise_named(text):
    name, _, message = text.partition(": ")
    kind = getattr(__builtins__, name, None)
    if not (isinstance(kind, type) and issubclass(kind, Exception)):
        kind = type(name, (Exception,), {})
    raise kind(message)


class Script:
    """Answers in order; the last one repeats."""
    def __init__(self, table):
        self.table, self.asked = table or {}, {}

    def next(self, key, default):
        answers = self.table.get(key, self.table.get("*")) or [{"return": default}]
        i = self.asked.get(key, 0)
        self.asked[key] = i + 1
        return answers[min(i, len(answers) - 1)]


class Model:
    def __init__(self, table):
        self.script = Script(table)

    async def complete(self, messages, **_):
        a = self.script.next(asking.get(), "")
        if a.get("hang"):
            await asyncio.Event().wait()
        if "error" in a:
            raise_named(a["error"])
        return (a["return"], a["usage"]) if "usage" in a else a["return"]


def tool_names(steps):
    for s in steps:
        if s.tool:
            yield s.tool
        yield from tool_names(s.parallel_steps)


async def traces(case):
    """All traces of a case: after the run and after each resume."""
    program, script = Program.from_dict(case["program"]), Script(case.get("tools"))

    def tool(name):
        async def call(**_):
            a = script.next(name, None)
            if "error" in a:
                raise_named(a["error"])
            return a["call"]() if "call" in a else a.get("return")
        return call

    missing = case.get("unregistered", [])
    machine = Machine(llm=Model(case.get("llm")), tools={n: tool(n) for n in tool_names(program.steps) if n not in missing})
    found = []
    try:
        found.append(await asyncio.wait_for(machine.run(program, dict(case.get("context") or {})), 5))
        for payload in case.get("resume", []):
            if found[-1].status.value != "suspended":
                break
            found.append(await machine.resume_with_program(vm.WebhookEvent(found[-1].trace_id, payload), program))
    except (Exception, Runaway):  # a run that ends without a trace
        pass
    return found


growing = []


def grow():
    growing.append(len(growing))
    return growing


def tools(*names):
    return [{"id": n, "type": "tool", "tool": n} for n in names]


# Values that JSON cannot hold as they are, loops until the metrics alert, and blocks.
MORE = [
    {"name": "nan", "program": {"name": "nan", "steps": tools("a", "b", "c")},
     "tools": {"a": [{"return": float("nan")}], "b": [{"return": [float("inf"), 1e16, 1e-5, -0.0, 10**30]}], "c": [{"return": 1.5e-7}]}},
    {"name": "tuple", "program": {"name": "tuple", "steps": tools("a", "b", "c")},
     "tools": {"a": [{"return": (1, 2)}], "b": [{"return": {1: "x", True: b"y"}}], "c": [{"return": datetime.date(2026, 1, 31)}]}},
    {"name": "mutated", "program": {"name": "mutated", "steps": tools("a", "b", "c")}, "tools": {"*": [{"call": grow}]}},
    {"name": "stall", "program": {"name": "stall", "steps": [*tools("a"), {"id": "b", "type": "tool", "tool": "b", "next_step": "a"}], "max_stalled_steps": 3},
     "tools": {"*": [{"return": "same"}]}},
    {"name": "stall-not-json", "program": {"name": "stall", "steps": [*tools("a"), {"id": "b", "type": "tool", "tool": "b", "next_step": "a"}],
                                           "max_stalled_steps": 2, "max_steps": 8},
     "tools": {"a": [{"return": None}, {"return": float("nan")}, {"return": None}, {"return": float("inf")}], "b": [{"return": 1}]}},
    *({"name": f"loop-{n}", "program": {"name": "loop", "steps": [*tools("a", "b"), {"id": "c", "type": "condition", "condition": "$a.output == 1", "then": "d", "otherwise": "e"},
                                                                {"id": "d", "type": "tool", "tool": "d", "next_step": "a"}, {"id": "e", "type": "tool", "tool": "e", "next_step": "b"}], "max_steps": n},
       "tools": {"a": [{"return": 1}, {"return": 1}, {"return": 2}], "*": [{"return": "x"}]}} for n in (9, 14)),
    *({"name": f"round-{n}", "program": {"name": "round", "steps": [*tools("a", "b"), {"id": "c", "type": "tool", "tool": "c", "next_step": "a"}], "max_steps": n}} for n in (9, 17, 35)),
    {"name": "long", "program": {"name": "long", "steps": tools(*"abcdefghijklmnop")}, "tools": {"*": [{"return": 1}]}},
    {"name": "retries", "program": {"name": "retries\u2026", "steps": [
        {"id": "a", "type": "tool", "tool": "t", "on_error": "retry", "max_retries": 4}, {"id": "b", "type": "tool", "tool": "t", "on_error": "retry"},
        {"id": "c", "type": "tool", "tool": "u", "on_error": "skip"}, {"id": "d", "type": "tool", "tool": "u", "on_error": "retry", "max_retries": 2}]},
     "tools": {"t": [{"error": "ValueError: 1"}, {"error": "KeyError: 2"}, {"return": "ok"}, {"error": "X: 3"}, {"return": None}], "u": [{"error": "OSError: no\nhost"}]}},
    {"name": "blocks", "program": {"name": "blocks", "steps": [
        {"id": "p", "type": "parallel", "on_error": "skip", "parallel_steps": [{"id": "x", "type": "tool", "tool": "x"}, {"id": "y", "type": "llm", "prompt": "q"},
                                                                              {"id": "p", "type": "tool", "tool": "z"}]},
        {"id": "q", "type": "parallel", "on_error": "retry", "max_retries": 2, "parallel_steps": [{"id": "x", "type": "tool", "tool": "y"}, {"id": "x", "type": "tool", "tool": "y"}]},
        {"id": "r", "type": "parallel", "max_concurrency": -1, "on_error": "skip", "parallel_steps": tools("x")},
        {"id": "s", "type": "parallel", "parallel_steps": tools("z", "x")}], "max_steps": 4, "max_tokens": 1000},
     "llm": {"y": [{"return": "a", "usage": {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": "7", "cost_usd": 0.1}}]},
     "tools": {"x": [{"error": "ValueError: x"}], "y": [{"return": 1}, {"error": "E: e"}, {"return": 2}, {"return": 3}], "z": [{"return": {"k": [1]}}]}},
    {"name": "guards", "program": {"name": "guards", "steps": [
        {"id": "a", "type": "llm", "prompt": "q", "allowed_outputs": [" yes", "no"], "on_error": "skip"},
        {"id": "b", "type": "llm", "prompt": "q", "allowed_outputs": ["yes", "no"], "timeout_seconds": 0, "on_timeout": "fallback"},
        {"id": "c", "type": "llm", "prompt": "q", "timeout_seconds": 0, "on_error": "skip"},
        {"id": "d", "type": "llm", "prompt": "q", "allowed_outputs": ["yes"], "on_error": "retry"}]},
     "llm": {"*": [{"return": "no\n"}], "a": [{"return": "never"}]}},
    {"name": "suspended-twice", "program": {"name": "suspended", "steps": [*tools("a", "b"), {"id": "c", "type": "condition", "condition": "$__webhook__.ok", "then": "d", "otherwise": "b"},
                                                                            *tools("d", "e")]},
     "tools": {"a": [{"return": "PENDING"}], "d": [{"return": "PENDING"}], "*": [{"return": [1]}]}, "resume": [{"ok": True}, {"ok": False}, {}]},
    {"name": "same-ids", "program": {"name": "same", "steps": [*tools("a", "b"), {"id": "c", "type": "condition", "condition": "$n", "then": "a", "otherwise": "b"}, *tools("a", "b", "a")]},
     "context": {"n": 1}, "tools": {"b": [{"return": "PENDING"}, {"return": 2}], "*": [{"return": 1}]}, "resume": [1, 2, 3]},
]


def cases():
    for name in ["flow", "guard"]:
        with open(f"{here}/../conformance/{name}.jsonl") as f:
            yield from (json.loads(line) for i, line in enumerate(f) if i % 10 == 3)
    yield from MORE


def analysis(trace, baseline=None):
    a = TraceAnalyzer(trace, baseline=baseline)
    return dataclasses.asdict(a.receipt()), a.report().summary()


def line(pairs):
    print("{" + ",".join(f"{json.dumps(k)}:{v}" for k, v in pairs) + "}")


def dumped(v):
    return json.dumps(v, ensure_ascii=False, separators=(",", ":"))


def record():
    before = None
    for case in cases():
        for n, trace in enumerate(asyncio.run(traces(case))):
            name = case["name"] + (f"+{n}" if n else "")
            receipt, summary = analysis(trace)
            pairs = [("name", dumped(name)), ("program", dumped(case["program"])), ("trace", trace.model_dump_json()),
                     ("canonical_hash", dumped(trace.canonical_snapshot_hash())), ("receipt", dumped(receipt)), ("summary", dumped(summary))]
            if before:
                receipt, summary = analysis(trace, before[1])
                pairs += [("baseline", dumped(before[0])), ("receipt_against", dumped(receipt)), ("summary_against", dumped(summary))]
            line(pairs)
            before = name, trace


def load():
    for text in sys.stdin:
        trace = Trace.model_validate_json(text)
        line([("trace", trace.model_dump_json()), ("canonical_hash", dumped(trace.canonical_snapshot_hash())), ("receipt", dumped(analysis(trace)[0]))])


load() if mode == ["load"] else record()
