class OrderAgent:
    """An agent with its program as an attribute."""

    MODEL = "small"
    PROGRAM = {
        "name": "order_agent_collect",
        "steps": [
            {"id": "extract", "type": "llm", "prompt": "Extract the items of: $input_text", "output_key": "items"},
            {"id": "validate", "type": "tool", "tool": "validate", "args": {"items": "$items"}, "output_key": "ok"},
            {"id": "gate", "type": "condition", "condition": "$ok", "then": "apply"},
            {"id": "apply", "type": "tool", "tool": "apply", "args": {"items": "$itmes"}},
            {"id": "fail", "type": "tool", "tool": "fail"},
        ],
    }

    def run(self, vm, text):
        return vm.run(self.PROGRAM, {"input_text": text})
