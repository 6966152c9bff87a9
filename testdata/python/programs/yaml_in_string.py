"""YAML in a string, where 'no' is a boolean."""
from nano_vm import Program

PROGRAM_YAML = """\
name: consent
steps:
  - id: ask
    type: llm
    prompt: May we store the data? yes or no. $text
    allowed_outputs: [yes, no]
  - id: check
    type: condition
    condition: $ask.output == 'yes'
    then: store
    otherwise: dont_store
  - {id: store, type: tool, tool: store, is_terminal: true}
  - {id: reject, type: tool, tool: forget, is_terminal: true}
"""

program = Program.from_yaml(PROGRAM_YAML)
