#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""A module."""
from __future__ import annotations
import a, b.c as d, e.f.g
from . import h
from .. import (i, j as k,)
from .l.m import n
from ...o import *
@decorator
@decorator.of(1)("x")
def function(a: int, /, b: str = "b", *args: "t", c, d={"k": 1}, **kwargs) -> dict[str, int]:
	"""Tabs."""
	global G
	nonlocal_ = 1
	def inner(x=a): nonlocal c; c = x; return c
	return {"a": a,
"b": b}
class Plain: pass
class Generic[T: (int, str) = int, *Ts, **P](Base[T], metaclass=Meta): x: T = 1; y = "a"
def generic[T](x: T) -> T: return x
type Alias[T] = list[T] | None
type = "not reserved"
match = type
case = match[0]
print(type, match, case); type(match); match(case)
if a: b
elif c: d; e
else:
  f
  if g:
        h
  i
while (x := f()): break
else: continue_ = 1
for x, y in z, w: pass
for x[0] in y: pass
for a, in b: pass
async def g():
    async with a as b, c() as d: pass
    async for e in f: pass
    with (open("f") as f, open("g") as g,): pass
    with (yield_): pass
    with (a, b) as c, d: pass
    with a.b("c") as (d, e): pass
try: a
except E as e: b
except (F, G): c
else: d
finally: f
match point, x:
    case {"a": 1, **rest} if rest: a
    case Point(x=0, y=yy) | [1, 2, *_]: b
    case StepType.TOOL | "x" | -1 | None: c
    case (a, b) as c: d
    case _:
        match x:
            case 1: y
        z
raise E from f
raise
assert a, "b"
del a, b[0], (c, d)
return_ = 1; pass
if True:
    pass; pass
    # a comment

  # another
    x = 1
def f(): ...
def g(
    a,
    b=1,
): return (a
           + b)
x = 1 \
    + 2
if x: y = 1; z = 2
lambda_ = [lambda: (yield)]
try: a
except* E as e: b
except* (F, G): c
