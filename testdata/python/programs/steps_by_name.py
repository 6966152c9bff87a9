"""Every step has a name of its own."""
from nano_vm import Program, Step, StepType

load = Step(id="load", type=StepType.TOOL, tool="load", output_key="data")
check = Step(
    id="check",
    type=StepType.CONDITION,
    condition="$data.valid = true",
    then="save",
    otherwise="abort",
)
save = Step(id="save", type=StepType.TOOL, tool="save", is_terminal=True)
abort = Step(id="abort", type=StepType.TOOL, tool="abort", is_terminal=True)

PROGRAM = Program(name="named", steps=[load, check, save, abort])
