COMMON_HEAD = [{"id": "load", "type": "tool", "tool": "load", "output_key": "doc"}]
COMMON_TAIL = [
    {"id": "store", "type": "tool", "tool": "store", "args": {"doc": "$doc"}, "is_terminal": True},
    {"id": "error", "type": "tool", "tool": "error", "is_terminal": True},
]

TRANSLATE = {
    "name": "translate",
    "steps": COMMON_HEAD + [{"id": "translate", "type": "llm", "prompt": "Translate $doc", "output_key": "doc"}] + COMMON_TAIL,
}
SUMMARIZE = {
    "name": "summarize",
    "steps": [*COMMON_HEAD, {"id": "sum", "type": "llm", "prompt": "Sum up $document"}, *COMMON_TAIL],
}
