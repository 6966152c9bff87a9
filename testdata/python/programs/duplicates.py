PROGRAM = {
    "name": "duplicates",
    "steps": [
        {"id": "a", "type": "tool", "tool": "t", "tool": "u"},
        {"id": "a", "type": "tool", "tool": "t"},
        {"id": "fail", "type": "tool", "tool": "t"},
    ],
}
