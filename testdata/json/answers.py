"""Records where the planner of llm-nano-vm finds the JSON object in an answer, one JSON line for each answer.

    PYTHONPATH=.../llm-nano-vm python3 testdata/json/answers.py > testdata/json/answers.jsonl

A line holds the text and what the planner hands to json.loads, or null where it says that there is no object.
The texts are the same on every run.
"""
import json
import random
import sys
import types

sys.modules["litellm"] = types.SimpleNamespace(acompletion=None)  # it is not called
from nano_vm import planner  # noqa: E402

PIECES = ["```", "```json", "```JSON", "``", "`", "json", "{", "}", '{"a": 1}', "{}", '"}', "}```", "```{", "Here it is:", "\n", " ", "\t",
          "\x1c", "\x1f", "\x85", "\xa0", "\u2028", "\u200b", "\v", "\f", "é", "😀", '{"steps": [{"id": "a"}]}', "```yaml", "[", "]"]

TEXTS = ["", " ", '{"a": 1}', 'Sure!\n```json\n{"a": 1}\n```\nDone.', '```\n{"a": 1}\n```', '```json{"a": 1}```', '```json\n{"a": "```"}\n```',
         '```json\n{"a": {"b": 1}}\n``` and ```json\n{"c": 2}\n```', '```json\n{"a": 1}', 'a } b { c', '}{', "{", "}", '```yaml\na: {b: 1}\n```',
         '```json\n[{"a": 1}]\n```', '```json\n{"a": "}\n```"}\n```', 'I would {not} but {"a": 1}', '````json\n{"a": 1}\n````', '``` json\n{"a": 1}\n```']


def found(text):
    seen = []

    def loads(got, **options):
        seen.append(got)
        return {}

    planner.json = types.SimpleNamespace(loads=loads, JSONDecodeError=json.JSONDecodeError)
    try:
        planner._extract_json(text)
    except ValueError:
        return None
    return seen[0]


random.seed(1)
texts = TEXTS + ["".join(random.choice(PIECES) for _ in range(random.randint(1, 12))) for _ in range(1500)]
for text in dict.fromkeys(texts):
    print(json.dumps({"text": text, "found": found(text)}, ensure_ascii=False))
