"""Print the programs that an attribute of a module holds, as JSON: {"file": ..., "programs": [...]}."""

import asyncio
import enum
import importlib
import inspect
import json
import os
import sys

out, sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8"), sys.stderr  # what the module prints is not ours


def plain(value):
    """What json cannot write by itself."""
    if hasattr(value, "model_dump"):
        # A default that nobody has set is not in the program.
        return value.model_dump(mode="json", exclude_unset=True)
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, (set, frozenset)):
        return sorted(value, key=repr)
    raise TypeError(f"a program is written as JSON, which has no {type(value).__name__}: {value!r}")


module_name, _, path = sys.argv[1].partition(":")
sys.path[:1] = [os.getcwd()] if sys.path[:1] == [""] else sys.path[:1]
module = importlib.import_module(module_name)
value = module
for name in path.split("."):
    value = getattr(value, name)
if callable(value) and not hasattr(value, "model_dump") or isinstance(value, type):
    value = value()
if inspect.isawaitable(value):

    async def wait(awaitable):
        return await awaitable

    value = asyncio.run(wait(value))
programs = list(value) if isinstance(value, (list, tuple)) else [value]
json.dump(
    {
        "file": getattr(module, "__file__", None),
        "programs": [
            p if isinstance(p, str) else json.dumps(p, default=plain, ensure_ascii=False, indent=2) for p in programs
        ],
    },
    out,
)
