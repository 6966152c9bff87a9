"""Time the Python machine on scenario/testdata/bench.jsonl, in the format of Go's benchmarks.

usage: reference.py REF_DIR < scenario/testdata/bench.jsonl > docs/reference.txt
REF_DIR is a checkout of the machine; pydantic 2 must be installed. Retries are not slept.
"""
import asyncio, builtins, json, platform, sys, time, types

sys.path.insert(0, sys.argv[1])
stub = types.ModuleType("litellm")
stub.acompletion = None
sys.modules["litellm"] = stub
import nano_vm.vm as vmmod
from nano_vm.models import Program

slept = asyncio.sleep


class Asyncio:
    def __getattr__(self, name):
        return getattr(asyncio, name)

    @staticmethod
    async def sleep(_seconds):
        await slept(0)


vmmod.asyncio = Asyncio()


class Script:
    def __init__(self, table):
        self.table, self.n = table or {}, {}

    def next(self, key, default):
        outcomes = self.table.get(key)
        if not outcomes:
            return default
        i = self.n.get(key, 0)
        self.n[key] = i + 1
        o = outcomes[min(i, len(outcomes) - 1)]
        if "error" in o:
            name, _, text = o["error"].partition(": ")
            raise getattr(builtins, name)(text)
        return (o["return"], o["usage"]) if "usage" in o else o["return"]


def names(steps):
    for s in steps:
        if s.tool:
            yield s.tool
        yield from names(s.parallel_steps)


async def run(case, program):
    llm, tools = Script(case.get("llm")), Script(case.get("tools"))
    asked = iter([s.id for s in program.steps if s.type.value == "llm"] * 1000)

    class Model:
        async def complete(self, messages, **_):
            return llm.next(next(asked), "")

    def make(name):
        async def call(**_):
            return tools.next(name, None)

        return call

    vm = vmmod.ExecutionVM(llm=Model(), tools={n: make(n) for n in names(program.steps)})
    trace = await vm.run(program, context=dict(case.get("context") or {}))
    return trace.canonical_snapshot_hash()


async def measure(case):
    program = Program.from_dict(case["program"])
    await run(case, program)
    n, begin = 0, time.perf_counter()
    while n < 3 or time.perf_counter() - begin < 2:
        await run(case, program)
        n += 1
    print(f"BenchmarkReference/{case['name']} {n} {(time.perf_counter() - begin) / n * 1e9:.0f} ns/op", flush=True)


print(f"# llm-nano-vm 0.8.8, Python {platform.python_version()}")
print("pkg: reference")
for line in sys.stdin:
    asyncio.run(measure(json.loads(line)))
