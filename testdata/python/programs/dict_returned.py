"""A function makes the program, of calls of dict."""


def nightly(shop):
    return dict(
        name="nightly",
        steps=[
            dict(id="count", type="tool", tool="count", args={"shop": "$shop"}, next_step="tell"),
            dict(id="mail_FAILED", type="tool", tool="mail", is_terminal=True),
        ],
    )


def fetch_all(tools):
    return dict(name="fetch", steps=[dict(id=f"fetch_{t}", type="tool", tool=t) for t in tools])


SCALED = dict(steps=[("scaler", 1), ("model", 2)], prompt="no program")
