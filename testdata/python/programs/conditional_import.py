try:
    from nano_vm import Program, Step
except ImportError:
    Program = Step = None

if Program is not None:
    P = Program(name="optional", steps=[Step(id="fail", type="tool", tool="t", then="x")])
