"""Prompts in constants, one of them used twice."""
from nano_vm import Program, Step

SYSTEM = "You are a careful accountant."
ASK = """
Is this invoice complete?

Answer complete or incomplete.
$invoice
"""

PROGRAM = Program(
    name="invoice",
    steps=[
        Step(id="check", type="llm", system=SYSTEM, prompt=ASK, allowed_outputs=["complete", "incomplete"]),
        Step(id="ok", type="condition", condition="$check.output == 'complet'", then="book", otherwise="reject"),
        Step(id="book", type="llm", system=SYSTEM, prompt="Write the booking for $invoice", is_terminal=True),
        Step(id="reject", type="tool", tool="reject", is_terminal=True),
    ],
)
