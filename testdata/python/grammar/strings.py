# Every spelling of a string, in the places where programs have them.
A = "double" 'single' """triple""" '''triple'''
B = r"raw \n \" quote" R'\'', rb"bytes\x00" Rb'x' bR"y" BR'z' b"\xff"
C = u"old" U'old'
D = ("in "
     'parentheses '  # with a comment "here"

     """and
lines\
joined""")
E = "joined " \
    "by a backslash"
F = "\a\b\f\n\r\t\v\\\'\"\0\12\123\1234\x41\u00e9\U0001f600\ud800\q\
 end" "é€😀\N{BULLET}"
G = f"{A}" f'{A!r:>{10}}' rf"\d{A}" fr'{A}\{A}' F"{{literal}} {A}{{{A}}}" "plain {A}"
H = f"{'same quotes' + "nested" + f"{f"{A}"}"}"
I = f"{A=} {A = } {A!s} {A:%Y-%m-%d} {lambda_(A)['key']} {A if A else B} {(lambda x: x)(A)}"
J = f"""
{A
  + "x"  # a comment }
}
'''"quotes'''
"""
K = f'{A:{B}.{C}}' f"{ {'a': 1}['a'] }" f"{A!r}" f"{A != B}" f"{[x for x in A if x]}"
L = "" '' """""" "''" '""' """ "" " """ ''' '' ' '''
M = f"" f'{A}' r'' '''\
'''
N = "a" "b" .join(["c", "d"])
O = """a\
b""", "x" "y", ("z"), ("p" "q"),
P = f"{x:=5}" f"{(y:=5)}" f"{x:{'>'}{'5'}}" f'{x!s:{"^" + str(9)}}'
Q = "\
" '\
' "tab	tab"
R = f"\N{BULLET} {A}" f"\{A}" rf"\{A}" f"{A}\n{A}"
