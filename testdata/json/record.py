"""Records what json.loads of Python makes of many texts, valid and broken, one JSON line for each.

    python3 testdata/json/record.py > testdata/json/python.jsonl

A line holds the text (or its bytes in hexadecimal, where it is not UTF-8) and the value with a type tag
on everything, or null where json.loads raises. Strings of the value are hexadecimal UTF-8, in which a lone
surrogate takes three bytes. The texts are the same on every run.
"""
import json
import random
import re

SINGLE = r"""
null|true|false|NaN|Infinity|-Infinity|-NaN|+Infinity|nan|inf|None|True|False|nul|nulll|truefalse|NaNx|infinity
0|-0|1|-1|01|-01|00|+1|1.|.5|-.5|1.5|-1.5e3|1e5|1E5|1e+5|1e-5|1e|1e+|1.e5|0e0|0.0|-0.0|0x10|1_000|1e400|-1e400|5e-324|1e-400|--1|1-1|1 2
0.1|123456789012345678901234567890|1.7976931348623157e308|1.7976931348623159e308|2e308|9007199254740993|9007199254740993.0|1.0000000000000002
""|"a"|"\""|"\\"|"\/"|"\b\f\n\r\t"|"\x"|"\'"|"\u0041"|"\u00e9"|"\u20AC"|"\ud83d\ude00"|"\ud83d"|"\ude00"|"\ude00\ud83d"|"\ud83d\u0041"
"\ud83d\ud83d\ude00"|"\ud83dx"|"\ud83d\n"|"\ud83d\ude0"|"\u12"|"\u"|"\u12g4"|"\u+123"|"\u 123"|"\u0x12"|"\u00_1"|"\U0041"|"\0"|"\u0000"|"\v"|"\a"
"a|"a\|"a\"|'a'|"a"b|"a" "b"|"a""b"|"é€😀"|é|"a'b"|"#"|"//"|"/*"|"\u00E9\u00e9"|"\uFFFF"|"\uD7FF\uE000"|"\uDBFF\uDFFF"|"\uDBFF\uDBFF"
[]|[1]|[1,2]|[1,]|[,1]|[,]|[1,,2]|[1 2]|[|]|[1|[1,|[[]|[]]|[[]]|[[],[]]|[1}|(1)|[1;2]|["a","b"]|["a" "b"]|[1]2|[1],|,[1]|[:]|["a":1]
{}|{"a":1}|{"a":1,}|{,}|{,"a":1}|{"a"}|{"a":}|{"a" 1}|{"a":1 "b":2}|{"a":1,"b":2}|{"a":1,"a":2}|{a:1}|{'a':1}|{1:2}|{null:1}|{"a"::1}|{:1}|{:}
{"a":1,,"b":2}|{"a":1;"b":2}|{"a"=1}|{"a"=>1}|{|}|{"|{"a|{"a"|{"a":|{"a":1|{"a":1,|{"a":1,"b|{"a":1]|{"a":[1}|{"a":[1}]|{"a":{"b":1}|{"a":1}}|{{}}|{[]}
{"a":"b":1}|{"a":"b" "c"}|{"a":"b"c"}|{"a":"say "hi" now"}|{"":1}|{"a":{"a":{"a":[{"a":[]}]}}}|{"a":[1,{"b":[2,{"c":null}]}],"d":-1.5e-7}
1//|1/**/|/**/1|#1|[1,/**/2]|[1,#x|{"a":1}//x|/**|/|//|/*/1|1 /|undefined|1,2|1:2|{"a":1} {"b":2}|{"a":1}{"b":2}|"a":1|...|{...}
"""

RAW = [
    b"", b" ", b"\n", b"\t\r\n ", b"\xef\xbb\xbf", b"\xef\xbb\xbf1", b"\xef\xbb\xbf\xef\xbb\xbf1", b"1\xef\xbb\xbf", b" \xef\xbb\xbf1",
    b"\x00", b"1\x00", b"\x001", b"1\x00\x00\x00", b'"\x00"', b'"\x1f"', b'"\x7f"', b'"\t"', b'"\n"', b'"a\r\nb"', b"\x0c1", b"1\x0c", b"\x0b1",
    b"1\xc2\xa0", b"\xe2\x80\xa81", b'"\xe2\x80\xa8"', b"\xff", b'"\xff"', b'"\xc3"', b'"\xc3(', b'"\xed\xa0\x80"', b'"\xf4\x90\x80\x80"',
    b'"\xc0\x80"', b'{"\xff":1}', b"\xff\xfe1\x00", b"\xfe\xff\x001", b"1\x00 \x00", b"\xd9\xa1", b"1\xd9\xa1", b"1.\xd9\xa1", b"1e\xd9\xa3",
    b"\xef\xbc\x91", b'"\\u\xd9\xa1234"', b"-\xd9\xa1", b'[1,\n 2,\r\n\t3 ]\n', b'{ "a" : 1 ,\n "b" : [ ] }', b'\n\n{"a"\n:\n1\n}\n\n', b'["\\\n"]',
    b"1" * 4300, b"1" * 4301, b"-" + b"1" * 4300, b"-" + b"1" * 4301, b"1" * 4301 + b".0", b"1" * 4301 + b"e1", b"[" + b"1" * 4301 + b"]",
    b"[" * 200 + b"]" * 200, b"[" * 200 + b"]" * 199, b'{"a":' * 100 + b"1" + b"}" * 100,
]

ALPHABET = ['"', '"', "'", "\\", "{", "}", "[", "]", ":", ",", " ", "\n", "1", "0", "-", ".", "e", "a", "u", "d800", "true", "null", "NaN",
            "é", "😀", "/", "#", "\t", "\x01", '"a"', '"b":', "\\u", "\\n", "True", "Infinity"]


def program(rng, depth=0):
    kind = rng.randrange(9 if depth < 3 else 6)
    if kind == 0:
        return rng.choice([None, True, False])
    if kind == 1:
        return rng.choice([0, 1, -7, 10**20, 1.5, -2e-9, float("inf"), float("-inf"), float("nan")])
    if kind < 6:
        return "".join(rng.choice("ab$é😀\"'\\/\n\t\x01 {}[]:,#\ud800\udc00") for _ in range(rng.randrange(8)))
    if kind < 8:
        return {rng.choice(["id", "type", "a", "é", '"']) + str(rng.randrange(3)): program(rng, depth + 1) for _ in range(rng.randrange(4))}
    return [program(rng, depth + 1) for _ in range(rng.randrange(4))]


def texts():
    for text in re.split(r"[|\n]", SINGLE.strip()):
        yield text.encode()
    yield from RAW
    rng = random.Random(8)
    for n in range(150):
        text = json.dumps(program(rng), ensure_ascii=n % 2 == 0, indent=rng.choice([None, None, 0, 2, "\t"]))
        yield text.encode("utf-8", "surrogatepass")
    for _ in range(300):
        text = json.dumps(program(rng), indent=rng.choice([None, 1]))
        for _ in range(rng.randrange(1, 3)):
            at = rng.randrange(len(text) + 1)
            text = text[:at] + rng.choice(ALPHABET + [""] * 9) + text[at + rng.randrange(3):]
        yield text.encode("utf-8", "surrogatepass")
    for _ in range(300):
        yield "".join(rng.choice(ALPHABET) for _ in range(rng.randrange(1, 9))).encode()


def tagged(v):
    if v is None:
        return ["null"]
    if isinstance(v, bool):
        return ["bool", str(v).lower()]
    if isinstance(v, int):
        return ["int", str(v)]
    if isinstance(v, float):
        return ["float", repr(v)]
    if isinstance(v, str):
        return ["string", v.encode("utf-8", "surrogatepass").hex()]
    if isinstance(v, list):
        return ["list", [tagged(x) for x in v]]
    return ["object", [[tagged(k), tagged(x)] for k, x in v.pairs]]


class Object:
    def __init__(self, pairs):
        self.pairs = pairs


seen = set()
for data in texts():
    if data in seen:
        continue
    seen.add(data)
    line = {}
    try:
        line["text"] = data.decode("utf-8")
    except UnicodeDecodeError:
        line["hex"] = data.hex()
    try:
        line["value"] = tagged(json.loads(data.decode("utf-8-sig"), object_pairs_hook=Object))
    except ValueError:
        line["value"] = None
    print(json.dumps(line))
