LANGUAGES = ("German", "French")
PROMPT = "Translate into %s and %s: $text" % (LANGUAGES[0] and "German", "French")
ASK = "Answer {} or {}. $answer".format("good", "bad")
JOINED = "Rate this: " + "good " + "or bad. $text"

PROGRAM = {
    "name": "formatted",
    "steps": [
        {"id": "translate", "type": "llm", "prompt": PROMPT, "output_key": "answer"},
        {"id": "rate", "type": "llm", "prompt": ASK, "allowed_outputs": ["good", "bad"]},
        {"id": "again", "type": "llm", "prompt": JOINED, "allowed_outputs": ["good", "poor"]},
        {"id": "end", "type": "tool", "tool": "end", "args": {"a": "$rate", "b": "$agin"}},
    ],
}
