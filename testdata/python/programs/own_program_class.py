"""Classes of the same names that have nothing to do with the runtime."""
from dataclasses import dataclass


@dataclass
class Step:
    name: str


@dataclass
class Program:
    steps: list


P = Program(steps=[Step("a"), Step("b")])
RECIPE = {"name": "cake", "steps": ["mix", "bake"], "tool": "oven"}
PIPELINE = {"steps": [{"name": "build", "run": "make"}, {"name": "test", "run": "make test"}]}
