import asyncio

from nano_vm import ExecutionVM, Program, Step

vm = ExecutionVM()
trace = asyncio.run(vm.run(Program(name="inline", steps=[Step(id="only", type="tool", tool="t", next_step="nope")]), {"a": 1}))
other = lambda: vm.run_sync(Program.model_validate({"steps": [{"id": "fail", "type": "llm", "promt": "Hi"}]}))
