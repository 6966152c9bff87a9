PROGRAM = {
    "name": "escapes",
    "steps": [
        {"id": "ask", "type": "llm", "prompt": r"Write a regular expression like \d+\s for $text", "output_key": "re"},
        {"id": "gate", "type": "condition", "condition": "\"ok\" in \"\u0024re\"", "then": "end", "otherwise": "fail"},
        {"id": "end", "type": "tool", "tool": "caf\xe9", "args": {"path": r"C:\temp\n", "re": "$re"}, "is_terminal": True},
        {"id": "fail", "type": "tool", "tool": "\N{BULLET}", "is_terminal": True},
    ],
}
