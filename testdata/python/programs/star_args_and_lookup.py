from nano_vm import Program, Step

PROMPTS = {"triage": "low or high? $ticket", "tell": "Tell about $tikcet"}
EXTRA = {"timeout_seconds": 10, "on_timeout": "falback"}
ENDS = [Step(id="done", type="tool", tool="done", is_terminal=True), Step(id="fail", type="tool", tool="fail", is_terminal=True)]

PROGRAM = Program(
    name="lookup",
    steps=[
        Step(id="triage", type="llm", prompt=PROMPTS["triage"], allowed_outputs=["low", "high"], **EXTRA),
        Step(id="gate", type="condition", condition="$triage.output == 'low'", then="done", otherwise="fail"),
        *ENDS,
    ],
)
