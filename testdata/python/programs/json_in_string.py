import json

from nano_vm import Program

RAW = '''{"name": "raw", "steps": [
  {"id": "fetch", "type": "tool", "tool": "fetch", "next_step": "stor"},
  {"id": "store", "type": "tool", "tool": "store"},
  {"id": "failed", "type": "tool", "tool": "fail"}
]}'''

FROM_LOADS = Program.from_dict(json.loads(RAW))
BY_MODEL = Program.model_validate_json('{"steps": [{"id": "fail", "type": "tool", "tool": "\\u0066ail", "on_eror": "skip"}]}')
