from nano_vm import Program, Step, StepType

P = Program(
    name="types",
    version=1.0,
    max_steps="10",
    steps=[
        Step(id=1, type=StepType.TOOL, tool="t"),
        Step(id="b", type="tol", tool="t"),
        Step(id="c", type=StepType.TOOL, tool="t", is_terminal="yes", max_retries=1.5),
        Step(id="d", type=StepType.LLM),
        Step(id="e", type=StepType.TOOL, tool="t", args=None),
        Step(id="fail", type=StepType.LLM, prompt="yes?", allowed_outputs=["yes", True]),
    ],
)
