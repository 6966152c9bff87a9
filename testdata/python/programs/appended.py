from nano_vm import Program

program = {"name": "appended", "max_steps": 10, "steps": [{"id": "first", "type": "tool", "tool": "t", "next_step": "last"}]}
for name in ("middle", "last"):
    program["steps"].append({"id": name, "type": "tool", "tool": name})

vm_program = Program.from_dict(program)
