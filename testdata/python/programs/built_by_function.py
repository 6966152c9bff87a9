from nano_vm import Program, Step


def tool(name, **kwargs):
    return Step(id=name, type="tool", tool=name, **kwargs)


PROGRAM = Program(name="built", steps=[tool("a"), tool("b", next_step="a"), Step(id="c", type="tool", tool="t", next_step="d")])


def build(steps):
    return Program(name="parametric", steps=steps)
