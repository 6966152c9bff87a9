import pytest


@pytest.mark.parametrize("program, expected", [
    ({"steps": [{"id": "a", "type": "tool", "tool": "t"}, {"id": "fail", "type": "tool", "tool": "t"}]}, "success"),
    ({"steps": [{"id": "a", "type": "tool", "tool": "t", "next_step": "a"}]}, "budget_exceeded"),
    ({"steps": 3}, "invalid"),
])
def test_run(program, expected):
    assert expected
