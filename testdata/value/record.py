"""Record what Python 3.11 answers, for the tests of package value.

usage: python3 testdata/value/record.py > testdata/value/python.jsonl

Each line is one of
  {"values": [JSON text, ...]}             the values of the rows below
  {"legend": {letter: error text}}         what the letters of the rows mean, beside T and F
  {"op": OP, "rows": [letters, ...]}       rows[i][j] is the answer to values[i] OP values[j]
  {"json": text, "str", "repr", "truth", "dumps"}
  {"bad": text, "error": what json.loads says}
  {"strip": text, "stripped": text}
  {"set": name, "sha256": of 0 and 1 for each code point}
"""
import hashlib, json, operator, random, re, sys

assert sys.version_info[:2] == (3, 11)
R = random.Random(20)
out = lambda o: print(json.dumps(o, separators=(",", ":")))

FLOATS = [0.0, -0.0, 1.0, -1.0, 0.1, 0.5, 1.5, 1e15, 1e16, 123456789012345680.0, 9999999999999998.0, 1e22, 1e23, 1e-4, 1e-5, 0.00012345, 5e-324, 2.0**53,
          2.0**63, -2.0**63, 2.0**64, 1.7976931348623157e308, float("inf"), float("-inf"), 1e100, 12345.678]
INTS = [0, 1, -1, 2, 9, 10, 2**53, 2**53 + 1, 2**63 - 1, 2**63, -2**63, -2**63 - 1, 2**64, 2**64 + 1, 10**22, 10**23, 10**100, 2**70]
STRINGS = ["", "a", "b", "ab", "ba", "A", "0", "1", "1.0", "true", "yes", "no", "it's", 'q"q', "'\"", "back\\slash", "tab\t", "l\nl", "\x00", "\x7f", "\x85", "é", "е",
           "\u200b", "\xa0", "\xad", "\ufeff", "\ue000", "\ud800", "\udc00", "a\udfffb", "\U0001f600", "\ud83d\ude00", "\uffff", "\U0010ffff", "\u2028", "\u3000", "漢字",
           "\U0001faf7", "\U0001fae8", "\U0001fadc", "k", " "]


def scalar():
    return R.choice([None, True, False, R.choice(INTS), R.choice(FLOATS), float("nan"), R.choice(STRINGS), R.choice(STRINGS), R.randint(-3, 3)])


def tree(depth):
    r = R.random()
    if depth == 0 or r < 0.5:
        return scalar()
    if r < 0.75:
        return [tree(depth - 1) for _ in range(R.randint(0, 3))]
    return {R.choice(["a", "b", "k", "", "output", "it's", "é", "1"]): tree(depth - 1) for _ in range(R.randint(0, 3))}


def text():
    return "".join(chr(R.choice([R.randrange(0x80), R.randrange(0x80), R.randrange(0x300), R.randrange(0x3000), R.randrange(0x10000), R.randrange(0x110000)])) for _ in range(R.randint(0, 8)))


def number():
    r = R.random()
    if r < 0.3:
        return R.uniform(-1, 1) * 10 ** R.randint(-320, 308)
    if r < 0.6:
        return round(R.uniform(-1000, 1000), R.randint(0, 6))
    if r < 0.8:
        return float(10 ** R.randint(-10, 25)) * R.choice([1, 9, 9.999999999999999, 1.0000000000000002])
    return R.randint(-10 ** R.randint(1, 40), 10 ** R.randint(1, 40))


# Pairs.
values = [None, True, False, float("nan")] + INTS + FLOATS + STRINGS
values += [[], {}, [1], [1.0], [True], ["a"], [None], [[]], [[1]], [1, 2], [1, "a"], ["1", 1], [float("nan")], [float("nan"), 1], {"a": 1}, {"a": 1.0}, {"a": float("nan")},
           {"b": 1, "a": 2}, {"a": 2, "b": 1}, {"a": {"b": []}}, {"a": None}, [{}], [{"a": 1}], [2**53 + 1, 0], [2.0**53, 1]]
values += [tree(3) for _ in range(40)]
texts = [json.dumps(v) for v in values]
values = [json.loads(t) for t in texts]  # so that nan is the object that json.loads has for it
out({"values": texts})
legend, rows = {}, []
OPS = {"==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "in": lambda a, b: a in b, "not in": lambda a, b: a not in b}
for op, f in OPS.items():
    lines = []
    for a in values:
        line = ""
        for b in values:
            try:
                line += "FT"[f(a, b)]
            except TypeError as e:
                line += legend.setdefault(str(e), chr(0x100 + len(legend)))
        lines.append(line)
    rows.append({"op": op, "rows": lines})
for r in [{"legend": {v: k for k, v in legend.items()}}] + rows:
    print(json.dumps(r, separators=(",", ":"), ensure_ascii=False))

# Printing.
for v in values + [tree(4) for _ in range(500)] + [text() for _ in range(700)] + [number() for _ in range(900)]:
    t = json.dumps(v, ensure_ascii=R.random() < 0.5)
    t = re.sub("[\ud800-\udfff]", lambda m: f"\\u{ord(m[0]):04x}", t)
    v = json.loads(t)
    dumps = json.dumps(v, ensure_ascii=False, separators=(",", ":"))
    dumps = re.sub("[\ud800-\udfff]", lambda m: f"\\u{ord(m[0]):04x}", dumps)
    out({"json": t, "str": str(v), "repr": repr(v), "truth": bool(v), "dumps": dumps})

# Broken and odd JSON.
SEEDS = ['{"a": [1, 2.5e3, "x\\u00e9\\n"], "b": {"c": null}}', '[true, false, NaN, -Infinity, -0, 1E5]', '"\\ud83d\\ude00 \\ud83d \\ude00"', '{"a":1,"a":2,"b":3,"a":[]}', "\n [\n{}\n, 7 ] "]
ALPHABET = list('{}[]",:\\/ue0159.-+EnullNa tf\n\t') + ["é", "\U0001f600", "\x01", "\\u12", "\\ud800"]
seen = set()
for _ in range(6000):
    s = list(R.choice(SEEDS))
    for _ in range(R.randint(1, 3)):
        i = R.randrange(len(s) + 1)
        how = R.random()
        if how < 0.4:
            s[i:i + 1] = []
        elif how < 0.8:
            s[i:i] = [R.choice(ALPHABET)]
        else:
            s[i:] = []
    s = "".join(s)
    if s in seen or len(seen) > 1500:
        continue
    seen.add(s)
    try:
        out({"json": s, "repr": repr(json.loads(s))})
    except ValueError as e:
        out({"bad": s, "error": str(e)})
for s in ["\ufeff1", "9" * 4300, "9" * 4301, "-" + "9" * 5000, "1e400", "-1e400", "1e-400", '"\t"', "[" * 5, '{"a":1,}', "[1,]", "[,", "1 2", "\xa01"]:
    try:
        out({"json": s, "repr": repr(json.loads(s))})
    except ValueError as e:
        out({"bad": s, "error": str(e)})

# Characters.
for s in ["", " ", " a ", "\x1c\x1d\x1e\x1f a\u3000\x85", "\u200ba\u200b", "\xa0\u1680é\u2000\u202f\u205f", "\ufeffa", "\ud800 "]:
    out({"strip": s, "stripped": s.strip()})
for name, member in {"printable": str.isprintable, "word": lambda c: re.match(r"\w", c), "digit": lambda c: re.match(r"\d", c), "space": lambda c: re.match(r"\s", c)}.items():
    out({"set": name, "sha256": hashlib.sha256("".join("01"[bool(member(chr(i)))] for i in range(0x110000)).encode()).hexdigest()})
