from nano_vm import Program

DATA = {
    "steps": [
        {"id": "a", "type": "tool", "tool": "t", "retries": 3},
        {"id": "fail", "type": "tool", "tool": "t"},
    ]
}
PROGRAM = Program(**DATA, name="unpacked")
COPY = Program(**{**DATA, "max_steps": 3})
