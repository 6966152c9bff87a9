"""Record what the machine makes of conditions that stress its grammar more than programs do.

usage: python3 cond/testdata/record.py REF_DIR SEED N > testdata/conformance/expr-more.jsonl
       (REF_DIR: a checkout of Ale007XD/nano_vm; run with Python 3.11)

A line is [condition, {step id: output}, {name: value}, true | false | error text]. The state is null where it
is the same as in the line before.
"""
import importlib.util, json, random, sys

assert sys.version_info[:2] == (3, 11)
ref, seed, n = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
spec = importlib.util.spec_from_file_location("ast_engine", ref + "/nano_vm/ast_engine.py")
engine = importlib.util.module_from_spec(spec)
sys.modules["ast_engine"] = engine
spec.loader.exec_module(engine)
R = random.Random(seed)

NAMES = ["x", "y", "s", "t", "order", "é", "_", "5"]
OPERANDS = ["$x", "$y", "$s", "$t", "$s.output", "$t.output.k", "$x.output", "$x.k", "$x.output.k", "$x.k.k", "$order.k", "$é", "$_", "$5", "$nope", "$nope.output", "$x.", "$x..k",
            "$.", "$s.", "$s..output", "$s.output.", "$s.k", "$s.output.output", "'a'", '"a"', "''", "'it\"s'", '"it\'s"', "'$x'", "'k'", "'output'", "'abc'", "'\n'", "1", "0", "-1", "1.0",
            "-0.0", "9007199254740993", "9007199254740992.0", "18446744073709551616", "-5.5", "٣", "-٣.٥", "²", "½", "1.", ".5", "1e5", "1_000", "0x10", "007", "True", "False", "None",
            "true", "null", "v2", "10ms", "$x-1", "- 5", "+5", "𝟗", "9" * 25]
WORDS = ["==", "!=", "<", ">", "<=", ">=", "in", "not in", "contains", "and", "or", "not", "==", "in", "and", "or", "not  in", "not\u2003in", "notin", "not inn", "AND", "is", "&&", "||",
         "=", "===", "!==", "=>", "=<", "<>", "!", "!!", "~", "(", ")", "[", "]", "[0]", "{", "}", ",", ".", "+", "-", "*", "/", "@", ";", "%", "$", "'", '"', "len(", ".lower(", "$x.lower(",
         "$f (", "and2", "_or", "x-in", "\xa0", "\x1c", "\u200b", "\ufeff", "#", "\\", "é", "?", "\U0001f600", "in_", "or-", "None2"]
BLANKS = [" ", " ", " ", " ", " ", " ", "", "", "  ", "\n", "\t", "\u3000", "\x85", "\x0b"]
VALUES = ["", "a", "abc", "k", "it's", "1", "é", 0, 1, -1, 5, 9, 1.0, 0.5, 2**53 + 1, 2.0**53, 2**64, True, False, None, [], ["a"], [1, "a"], ["a", 1], [None], [[1]], {}, {"k": 1},
          {"k": {"k": "a"}}, {"output": "a"}, {"output": {"k": 1}}, {"": 3}, {"k": "abc", "": {"": 1}}, {"abc": 1}, float("nan"), [float("nan")], float("inf"), "$x", "\ud800", "\U0001f600"]
VALUES = json.loads(json.dumps(VALUES))  # so that nan is one object, as in a state that was read


def state():
    return ({k: R.choice(VALUES) for k in R.sample(["s", "t", "x"], R.randint(0, 3))}, {k: R.choice(VALUES) for k in R.sample(NAMES[:2] + NAMES[4:] + ["s"], R.randint(1, 5))})


def condition():
    r = R.random()
    if r < 0.45:  # near the grammar
        parts = ["not"] if R.random() < 0.2 else []
        for i in range(R.choice([1, 1, 2, 3])):
            if i:
                parts.append(R.choice(["and", "or"]))
            parts.append(R.choice(OPERANDS))
            if R.random() < 0.8:
                parts += [R.choice(WORDS[:9]), R.choice(OPERANDS)]
        if R.random() < 0.25:
            parts.insert(R.randrange(len(parts) + 1), R.choice(WORDS))
        return " ".join(parts)
    if r < 0.9:
        return "".join(R.choice(OPERANDS if R.random() < 0.5 else WORDS) + R.choice(BLANKS) for _ in range(R.randint(1, 7)))
    return "".join(R.choice("$x.s'\"=!<>()[]-0 1aindortc\n\u0663\xb2_é") for _ in range(R.randint(0, 16)))


ODD = ["", " ", "\n", "9" * 4300, "9" * 4301, "-" + "9" * 5000 + " ==", "1 == " + "0" * 4301, "9" * 5000 + ".0", "== " + "9" * 5000, "$x and $y or " * 100 + "$x",
       "$x.lower() == 'a' ==", "== $x.lower()", "$x not\nin $y", "$x not in", "not in $x", "not not $x", "$x and not $y", "$x == not $y", "not", "and", "$x and", "$x ==", "1 < 2 < 3"]
last = None
for i in range(n):
    c = ODD[i] if i < len(ODD) else condition()
    if i % 3 == 0:
        outputs, data = state()
    context = {**{k: {"output": v} for k, v in outputs.items()}, **data}
    try:
        answer = engine.eval_condition(c, context)
    except Exception as e:
        answer = str(e)
    shown = [outputs, data] if i % 3 == 0 else [None, None]
    print(json.dumps([c, *shown, answer], separators=(",", ":")))
