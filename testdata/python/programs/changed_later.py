PROGRAM = {"name": "changed", "steps": [
    {"id": "poll", "type": "tool", "tool": "poll", "next_step": "poll"},
    {"id": "fail", "type": "tool", "tool": "fail"},
]}
PROGRAM["max_steps"] = int("20")
