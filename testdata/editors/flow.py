from nano_vm import Program

REFUND = {
    "name": "refund",
    "steps": [
        {"id": "decide", "type": "llm", "prompt": "Refund $order?", "allowed_outputs": ["refund", "reject"], "output_key": "decision"},
        {"id": "route", "type": "condition", "condition": "$decision == 'refund'", "then": "pay", "otherwise": "rejct"},
        {"id": "pay", "type": "tool", "tool": "pay", "args": {"order": "$order"}, "is_terminal": True},
        {"id": "reject", "type": "tool", "tool": "reject", "args": {"order": "$order"}, "is_terminal": True},
    ],
}

program = Program.from_dict(REFUND)
