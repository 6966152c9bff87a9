FIELD = "status"
OK = "paid"
PROGRAM = {
    "name": "known",
    "steps": [
        {"id": "load", "type": "tool", "tool": "load", "output_key": "order"},
        {"id": "gate", "type": "condition", "condition": f"'{OK}' == '$order.{FIELD}'", "then": "ship", "otherwise": "fail"},
        {"id": "ship", "type": "tool", "tool": "ship", "is_terminal": True},
        {"id": "fail", "type": "tool", "tool": "fail", "is_terminal": True},
    ],
}
