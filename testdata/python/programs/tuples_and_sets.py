from nano_vm import Program, Step

P = Program(
    name="tuples",
    steps=(
        Step(id="ask", type="llm", prompt="yes or no? $q", allowed_outputs=("yes", "no")),
        Step(id="any", type="llm", prompt="a or b? $q", allowed_outputs={"a", "b"}),
        Step(id="gate", type="condition", condition="$ask.output == 'yse'", then="end", otherwise="fail"),
        Step(id="end", type="tool", tool="end", args={"point": (1, 2), "bytes": b"x", "n": -1}, is_terminal=True),
        Step(id="fail", type="tool", tool="fail", is_terminal=True),
    ),
)
