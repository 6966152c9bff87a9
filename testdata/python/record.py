"""Record what CPython's own parser says about Python source: record.py FILE... >nodes.jsonl

One line a file: its text, whether CPython compiles it, and every expression of the kinds below as
[kind, start, end] in bytes, without parentheses around it; a string has its value in UTF-8 as hexadecimal digits.
What is assigned to, the patterns of match statements, and the formats in fields of f-strings are left out.
"""
import ast
import json
import sys


def nodes(text):
    lines = [0]
    data = text.encode()
    for line in data.splitlines(keepends=True) if b"\f" not in data else data.split(b"\n"):
        lines.append(lines[-1] + len(line) + (b"\f" in data))

    def place(node):
        return [lines[node.lineno - 1] + node.col_offset, lines[node.end_lineno - 1] + node.end_col_offset]

    found = []

    def visit(node):
        kind = type(node).__name__
        if not isinstance(getattr(node, "ctx", None), (ast.Load, type(None))):
            return
        match node:
            case ast.Constant(value=str() as value):
                found.append(["String", *place(node), value.encode("utf-8", "surrogatepass").hex()])
            case ast.Constant(value=bytes()):
                found.append(["Bytes", *place(node)])
            case ast.Constant(value=value):
                constant = value in (None, True, False, ...) and not isinstance(value, (int, float, complex)) or isinstance(value, bool)
                found.append(["Constant" if constant else "Number", *place(node)])
            case ast.JoinedStr():
                found.append(["Format", *place(node)])
                for part in node.values:
                    if isinstance(part, ast.FormattedValue):
                        visit(part.value)
                return
            case ast.Name() | ast.Attribute() | ast.Call() | ast.List() | ast.Dict() | ast.Set():
                found.append([kind, *place(node)])
            case ast.ListComp() | ast.SetComp() | ast.DictComp():
                found.append(["Comprehension", *place(node)])
            case ast.Subscript(slice=ast.Slice() | ast.Tuple()):
                pass
            case ast.Subscript():
                found.append([kind, *place(node)])
            case ast.match_case():
                if node.guard:
                    visit(node.guard)
                for s in node.body:
                    visit(s)
                return
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(text))
    return sorted(found)


for path in sys.argv[1:]:
    with open(path, "rb") as f:
        raw = f.read()
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        continue
    if text.startswith("\ufeff") or "\r" in text:
        continue  # their columns are those of another text
    record = {"name": path.rsplit("/", 1)[-1], "text": text}
    try:
        record["nodes"] = nodes(text)
    except (SyntaxError, ValueError, RecursionError) as e:
        record["error"] = str(e)
    print(json.dumps(record))
