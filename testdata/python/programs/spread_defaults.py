"""Defaults that are unpacked into each step."""
TOOL = {"type": "tool", "on_error": "retry", "max_retries": 5}
LAST = {**TOOL, "is_terminal": True}

PROGRAM = {
    "name": "spread",
    "steps": [
        {**TOOL, "id": "fetch", "tool": "fetch"},
        {"id": "store", **TOOL, "tool": "store", "next_step": "don"},
        {**LAST, "id": "done", "tool": "report"},
        {**LAST, "id": "error", "tool": "alarm", "on_error": "fail"},
    ],
}
