from nano_vm import Program, Step

PROGRAMS = [
    Program(name="one", steps=[Step(id="fail", type="tool", tool="t")]),
    Program(name="two", steps=[Step(id="fail", type="tool", tool="t", next_step="one")]),
]
BY_NAME = {
    "three": Program(name="three", steps=(Step(id="fail", type="tool", tool="t"),)),
    "four": {"name": "four", "steps": [{"id": "fail", "type": "tool", "tol": "t"}]},
}
