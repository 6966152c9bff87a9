def step(**fields):
    return dict(fields)


PROGRAM = dict(
    name="calls",
    steps=[
        dict(id="a", type="tool", tool="t", next_stp="fail"),
        dict({"id": "b"}, type="tool", tool="t"),
        dict(id="fail", type="tool", tool="t"),
    ],
)
USED = {"program": {"steps": [dict(id="x", type="tool", tool="t", on_error="ignore"), dict(id="fail", type="tool", tool="t")]}}
