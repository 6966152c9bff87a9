from textwrap import dedent

import pytest
from nano_vm.models import Program


@pytest.fixture
def program():
    return Program.from_yaml(
        dedent(
            """
            name: dedented
            steps:
              - id: pay
                type: tool
                tool: pay
                nxt_step: failed
              - {id: failed, type: tool, tool: fail}
            """
        )
    )
