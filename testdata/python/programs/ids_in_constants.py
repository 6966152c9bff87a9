"""Ids and targets in constants, so that they cannot be misspelt."""
ASK, CHECK, DONE, FAIL = "ask", "check", "done", "fail"
ANSWERS = ["yes", "no"]

PROGRAM = {
    "name": "constants",
    "steps": [
        {"id": ASK, "type": "llm", "prompt": f"{ANSWERS[0] if False else 'yes'} or no? $q", "allowed_outputs": ANSWERS},
        {"id": CHECK, "type": "condition", "condition": f"${ASK}.output == 'yes'", "then": DONE, "otherwise": FAIL},
        {"id": DONE, "type": "tool", "tool": "done", "is_terminal": True},
        {"id": FAIL, "type": "tool", "tool": "fail", "is_terminal": True},
    ],
}
