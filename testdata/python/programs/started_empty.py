from nano_vm import Program, Step

steps = []
steps.append(Step(id="a", type="tool", tool="t"))
if input("more? "):
    steps.append(Step(id="b", type="tool", tool="t"))
PROGRAM = Program(name="empty at first", steps=steps)
