a = 0xFF + 0o17 - 0b1_01 * 1_000 / 1.5e-3 ** 2 // .5 % 5. @ 1e10 & 3j | 0 ^ ~1 << 2 >> 3
b = not a and b or c is not None and d not in e and f in g and h is i and 1 < 2 <= 3 != 4 == 5 >= 6 > 7
c = a if b else c if d else e
d = lambda: 0, lambda x, *y, z=1, **k: (x, y), lambda *, a: a, lambda a, /, b: a
e = [*a, 1, *b], {*a, 2}, {**a, "k": 1, **b, 'l': [1, {"m": (1,)}]}, (), (1,), [], {}, ((1)), ((1, 2))
f = [x for x in y if x if not z for w in x], {x: y for x, y in z.items()}, {x for x in y}, (x for x in y)
g = f(x for x in y), f(1, *a, k=2, **b), f(*a, *b)(c)[d].e[1:2, ::3, ...](), f[a, b], f[a:b], f[(a, b)], f[a][b]
h = -1, +1, - 1, --1, -x ** 2, not not x, -(1), (-1), a.b.c(d).e
i = (yield), (yield a), (yield from b)
j = "%s %d" % ("a", 1), "a" + "b" + c, "x" * 3, ("a" + "b").strip(), "{}".format(1), a | b | {"c": 1}
k = 1if a else 2
l: int = 3
m: "list[str]" = ["a", "b"]
n = o = p = ["shared"]
q, (r, *s) = 1, (2, 3, 4)
t[0] = u.v = w
x += 1; y -= 2; z["k"] @= 3
(y := 5, z := 6)
aa = [y := 1, y ** 2]
bb = await_ if (n := 10) > 5 else n
cc = (
    1,  # one

    2,
    # three is not here
)
dd = [
        *range(3)
    ,
    "a" if x else "b"
    ]
ee = (a for b in c), [[[[i for i in j] for j in k] for k in l] for l in m]
ff = {"a": 1, "b": lambda: {"c": 2}, "d": x if y else z, "e": [z for z in "e"], "f": f"{x}"}
gg = x [ 0 ] . y ( 1 ) ( ) [ "z" ]
hh = print(a, sep="", file=b); hh.i; hh = (ii.jj)(kk)
async def f(): return await x, [await y for z in w], [u async for u in v if await u]
