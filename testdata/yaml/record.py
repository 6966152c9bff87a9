"""Records what PyYAML makes of YAML texts: one JSON object a line, for the tests of package syntax.

    python3 testdata/yaml/record.py > testdata/yaml/pyyaml.jsonl

The texts are each line of cases.txt, and each run of two, three, four and six of its lines (what characters an
editor would not show are spelled behind a ¬); and random texts, grown and mutated from a fixed seed. A value is null, true, false, a string, or
an object with one of the keys int, float, date, bytes, list, map, set; map and set hold pairs and keys in order.
"""

import base64, datetime, json, os, random, sys
import yaml

ESCAPES = {"¬x85": "\x85", "¬u2028": "\u2028", "¬u2029": "\u2029", "¬ufeff": "\ufeff", "¬t": "\t", "¬r": "\r",
           "¬0": "\0", "¬x7f": "\x7f", "¬x1f": "\x1f", "¬ufffe": "\ufffe", "¬s": " ", "¬n": "\n"}


def tagged(v, open_=()):
    if v is None or isinstance(v, (bool, str)):
        return v
    if isinstance(v, int):
        return {"int": str(v)}
    if isinstance(v, float):
        return {"float": repr(v)}
    if isinstance(v, (datetime.datetime, datetime.date)):
        return {"date": v.isoformat()}
    if isinstance(v, bytes):
        return {"bytes": base64.b64encode(v).decode()}
    if id(v) in open_:
        raise RecursionError
    open_ = open_ + (id(v),)
    if isinstance(v, (list, tuple)):
        return {"list": [tagged(x, open_) for x in v]}
    if isinstance(v, dict):
        return {"map": [[tagged(k, open_), tagged(x, open_)] for k, x in v.items()]}
    if isinstance(v, set):
        return {"set": sorted((tagged(x, open_) for x in v), key=json.dumps)}
    raise TypeError(type(v))


def answer(text):
    try:
        return {"text": text, "value": tagged(yaml.safe_load(text))}
    except RecursionError:
        return {"text": text, "recursive": True}
    except Exception as e:
        error = {"class": type(e).__name__, "lines": []}
        for name in ("problem_mark", "context_mark"):
            mark = getattr(e, name, None)
            if mark is not None:
                error["lines"].append(mark.line + 1)
        if hasattr(e, "position"):
            error["lines"].append(text.count("\n", 0, e.position) + 1)
        return {"text": text, "error": error}


WORDS = ["a", "b", "id", "steps", "then", "yes", "No", "null", "~", "1", "-1", "010", "0x1F", "1_000", "1.5", "1e3",
         "2024-01-02", "'q'", '"d"', "'it''s'", '"\\n\\t\\x41"', "a b", "a  b", "$x == 'y'", "a#b", "a:b", "é", "-", "- a",
         "=", "<<", "*a", "&a a", "&b", "!!str 1", "!!int '3'", "!x y", "! 1", "|", ">-", "", "", "#c", "? a", ": b", "@", "%", "a\tb",
         "[]", "{}", "[a, b]", "{a: b}", "[a: b]", "{a, b: }", "[a,\n b]", "{a: [b,\n  c]}", '"a\n  b"', "'a\n\n  b'"]


def grow(r, depth, indent):
    """A block-style value as lines, of which the first continues the line it is put on."""
    kind = r.random()
    pad = " " * indent
    if depth == 0 or kind < 0.35:
        w = r.choice(WORDS)
        if w in ("|", ">-"):
            w = r.choice(["|", "|-", "|+", ">", ">-", ">+", "|2", ">1-", "| # c"])
            for _ in range(r.randint(0, 4)):
                w += "\n" + r.choice(["", pad + "  x y", pad + "   deeper", pad + " ", pad + "  # no", pad + "  a: b"])
        elif r.random() < 0.15:
            w += "\n" + pad + "  " + r.choice(WORDS)
        return w + r.choice(["", "", "", " # c", " "])
    lines = []
    for i in range(r.randint(1, 4)):
        if kind < 0.7:
            key = r.choice(WORDS[:20] + ["a", "b", "c", "id", "&k k", "'q r'", "<<", "? z"])
            lines.append((pad if i or indent else "") + key + ":" + value(r, depth, indent))
        else:
            item = grow(r, depth - 1, indent + 2)
            lines.append((pad if i or indent else "") + "- " + item.lstrip(" "))
        if r.random() < 0.1:
            lines.append(r.choice(["", "# c", pad + "# c", "   "]))
    first = lines[0]
    return "\n".join([first[indent:] if first.startswith(pad) else first] + lines[1:])


def value(r, depth, indent):
    v = grow(r, depth - 1, indent + 2)
    if "\n" in v or v.startswith("- ") or ":" in v:
        if r.random() < 0.85:
            return r.choice(["", "", "", " &a", " !!map", " # c"]) + "\n" + " " * (indent + 2) + v
    return " " + v


SNIPPETS = [" ", "  ", "\n", "\n\n", ":", ": ", "-", "- ", "?", "? ", ",", "[", "]", "{", "}", "#", " #", "&a", "*a", "!", "!!str ", "!!int ", "|", ">",
            "'", '"', "%", "@", "`", "\t", "---\n", "...\n", "\n--- ", "\\", "\r\n", "\r", "\x85", "\u2028", "é", "😀", "\ufeff", "0", "1", "_", ".", "<<: ", "=", "~",
            "yes", "null", "a", "a: b\n", "- a\n", "\n  ", "\n    ", "+", "e+1", ":30", "\0", "%YAML 1.1\n---\n"]


def mutate(r, text):
    for _ in range(r.randint(1, 3)):
        at = r.randint(0, len(text))
        match r.randint(0, 4):
            case 0:
                text = text[:at] + text[at + r.randint(1, 3):]
            case 1 | 2:
                text = text[:at] + r.choice(SNIPPETS) + text[at:]
            case 3:
                to = min(len(text), at + r.randint(1, 12))
                text = text[:to] + text[at:to] + text[to:]
            case 4:
                lines = text.split("\n")
                i = r.randrange(len(lines))
                lines[i] = r.choice(["", " ", "  ", "\t"]) + lines[i] if r.random() < 0.5 else lines[i][r.randint(1, 2):]
                text = "\n".join(lines)
    return text


def soup(r):
    return "".join(r.choice(SNIPPETS + WORDS) for _ in range(r.randint(1, 9)))


def texts():
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "cases.txt"), encoding="utf-8", newline="\n") as f:
        lines = f.read().split("\n")
    for i, line in enumerate(lines):
        for escape, char in ESCAPES.items():
            line = line.replace(escape, char)
        lines[i] = line
    cases = lines + ["\n".join(lines[i:i + n]) + "\n" * (n % 2) for n in (2, 3, 4, 6) for i in range(len(lines))]
    yield from cases
    for n in (1023, 1024, 1025):  # the longest key
        for c in ("a", "é"):
            yield c * n + ": b"
            yield "x: 1\n" + c * n + ": b"
            yield "{" + c * n + ": b}"
            yield "[" + c * n + ": b]"
            yield "'" + c * n + "': b"
            yield "&" + "a" * 500 + " " + c * (n - 500) + ": b"
            yield "[" + "a, " * (n // 3) + "]: b"
            yield "{" + c * n + ": b, " + c * 10 + ": d}"
    yield from ("1" * 4300, "1" * 4301, "-" + "1_" * 4300, "1" * 4301 + ".0", "1:" * 100 + "1", "0" + "7" * 4400 + "9")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1200
    r = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    for i in range(count):
        match i % 4:
            case 0:
                yield grow(r, 3, 0) + r.choice(["", "\n"])
            case 1:
                yield mutate(r, grow(r, 3, 0) + "\n")
            case 2:
                yield mutate(r, r.choice(cases))
            case 3:
                yield soup(r)


seen = set()
for text in texts():
    if text not in seen:
        seen.add(text)
        print(json.dumps(answer(text), ensure_ascii=True, separators=(",", ":")))
