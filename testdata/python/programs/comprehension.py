"""Steps out of a comprehension: partly dynamic."""
from nano_vm import Program, Step, StepType

STAGES = ["plan", "build", "test"]

sprint = Program(
    name="sprint_execution",
    steps=[
        Step(id="start", type=StepType.TOOL, tool="start"),
        *[Step(id=f"stage_{s}", type=StepType.LLM, prompt=f"Do {s}. $task") for s in STAGES],
        Step(id="decide", type=StepType.CONDITION, condition="$stage_test.output == 'ok' && $x", then="done", otherwise="stage_plan"),
        Step(id="done", type=StepType.TOOL, tool="done", is_terminal=True),
    ],
)
