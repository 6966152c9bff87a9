"""Print the programs that an attribute of a module holds, as JSON: {"file": ..., "programs": [...]}."""

import asyncio
import datetime
import decimal
import enum
import importlib
import inspect
import json
import os
import sys
import uuid

out, sys.stdout = os.fdopen(os.dup(1), "w", encoding="utf-8"), sys.stderr  # what the module prints is not ours


def plain(value, inside=()):
    """What stands for a value in JSON. An argument may be anything, so what JSON has no word for is named by its type."""
    if isinstance(value, enum.Enum):
        return plain(value.value, inside)
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, (decimal.Decimal, uuid.UUID, os.PathLike)):
        return str(value)
    if id(value) in inside:
        raise ValueError("the program contains itself")
    inside += (id(value),)
    if hasattr(value, "model_dump") and not isinstance(value, type):
        # A default that nobody has set is not in the program.
        return plain(value.model_dump(exclude_unset=True), inside)
    if isinstance(value, dict):
        return {k if isinstance(k, str) else str(plain(k, inside)): plain(v, inside) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item, inside) for item in value]
    if isinstance(value, (set, frozenset)):
        return [plain(item, inside) for item in sorted(value, key=repr)]
    return f"<{type(value).__name__}>"


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
            p if isinstance(p, str) else json.dumps(plain(p), ensure_ascii=False, indent=2) for p in programs
        ],
    },
    out,
)
