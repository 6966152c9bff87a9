"""What an f-string brings is not known, and nothing is said about it."""
from datetime import date

from nano_vm import Program, Step, StepType

from .labels import LABELS

TODAY = date.today()
PROGRAM = Program(
    name="f",
    steps=[
        Step(id="ask", type=StepType.LLM, prompt=f"Today is {TODAY}. Sort $mail into {', '.join(LABELS)}.", allowed_outputs=LABELS),
        Step(id="gate", type=StepType.CONDITION, condition=f"$ask.output == '{LABELS[0]}'", then="yes", otherwise="fail"),
        Step(id="yes", type=StepType.TOOL, tool="yes", args={"mail": "$mail", "day": str(TODAY)}, is_terminal=True),
        Step(id="fail", type=StepType.TOOL, tool="fail", is_terminal=True),
    ],
)
