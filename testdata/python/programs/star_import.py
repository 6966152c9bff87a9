from nano_vm import *

p = Program(name="starred", steps=[
    Step(id="a", type=StepType.TOOL, tool="t", next_step="c"),
    Step(id="error", type=StepType.TOOL, tool="t"),
])
