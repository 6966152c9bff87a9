"""Record what Python makes of expressions: values.py >values.jsonl

Each case is a module that ends with an expression of JSON's types (tuples for lists).
"""
import ast
import json

CASES = r'''
"a" 'b' """c"""
---
("a"
 "b")  # comment
---
r"\d\"" "\d\\\x41\u00e9\101"
---
"""two
lines\
 joined"""
---
"\U0001f600\ud800"
---
"a" + "b" + ("c" "d")
---
X = "a"
X + "b" + X
---
X = "it"; Y = "%s: %d%%" % (X, 5)
[Y, "%s" % X, "%%" % ()]
---
X = "a"
f"<{X}> {{}} {5} {True} {None} {-3}" "plain {}" f'{"x" "y"}{X}'
---
X = "a"
"{} {} {{}}".format(X, 5) + "{1}{0}".format("p", "q") + "{name}".format(name="n")
---
", ".join(["a", "b"])
---
"  a ".strip() + "  b ".lstrip() + " c  ".rstrip()
---
import textwrap
textwrap.dedent("""\
    a
      b

    c
   \t
    """)
---
from textwrap import dedent as d
d("""
  a
	b
""")
---
[0, -1, +2, 0x1F, 0o17, 0b101, 1_000, 00, 123456789012345678901234567890]
---
[1.5, -2e-9, .5, 5., 1e3, 1_0.5_0, 1e400, -1E400, 6.02E+23, 0.1]
---
float("nan"), float("-inf"), float(" Infinity ")
---
[True, False, None, (), (1,), (1, 2), [], {}, [[]]]
---
{"a": 1, 'b': 2, "a": 3}
---
{"a": 1, **{"a": 2, "b": 3}, "b": 4}
---
A = {"x": 1, "y": [2]}
B = {**A, "x": 5}
[A, B, {**B, **A}]
---
A = {"x": 1} | {"y": 2, "x": 3}
A | {"z": A}
---
dict(a=1, b="x")
---
A = {"x": 1}
dict(A, y=2), dict(**A, z=3)
---
A = [1, 2]
[0, *A, *(3, 4), *[]]
---
A = [1]
A + [2] + A, (1,) + (2,)
---
A = ("x", "y")
list(A), tuple([1, 2])
---
A = {"k": {"l": "v"}}
K = "k"
[A["k"]["l"], A[K], {K: 1}]
---
A, B = "a", ["b"]
(C, D) = (A, B)
[A, B, C, D]
---
A = B = "x"
[A, B]
---
A: str = "x"
A
---
class C:
    A = "x"
    B = [A]
    value = {"steps": B}
"after a class"
---
def f():
    global G
    G = "x"
    return G
f()
"after a function"
---
"é€😀\u2028"
---
"tab\there" '\'' "\"" "\
joined"
---
u"old" "" ''
---
"a" \
    "b"
---
[
    "a"  # why
    "b",

    "c",
]
---
{1: "int", False: "bool", None: "none", 1.5: "float"}
---
{"a": {"b": {"c": [{"d": ("e", -1)}]}}}
---
"%s and %s" % ("a", "b") + "%(x)s"
---
N = 3
f"{N}" + "%d" % N + "{}".format(N)
---
X = "x"
Y = X
Z = Y
[X, Y, Z]
---
"line one\r\nline two"
'''.strip().split("\n---\n")


def run(text):
    module = ast.parse(text)
    last = ast.Expression(module.body.pop().value)
    scope = {}
    exec(compile(module, "", "exec"), scope)
    return eval(compile(last, "", "eval"), scope)


for case in CASES:
    print(json.dumps({"text": case, "value": run(case)}))
