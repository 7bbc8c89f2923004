# re: what patterns are taken, errors, groups, replacement, positions.
import ure as re
for p in ("[", "(", ")", "a)", "*", "a**", "(?P<x>a)", "a|*", "\\", "[a-", "["+"a"*127+"]", "["+"a"*128+"]", "(a)"*63, "(a)"*64, "b"*61+"|a","b"*62+"|a", "x{2}", "a??b", "(?:ab)+", "[^a-c]x", "a|b|c"*20):
    try:
        r = re.compile(p)
        print("ok", repr(p[:10]))
    except Exception as e:
        print(repr(p[:10]), type(e).__name__, e)
m = re.match("(a+)(b)?", "aaac")
print(m, m.group(0))
for i in (-1, 3, "x", None):
    try: print(m.group(i))
    except Exception as e: print(type(e).__name__, e)
print(re.sub("(é)", "<\\1>", "caféé"))
m = re.search("é(.)", "xéyé")
print(m.group(1))
for a in ((1, "a"), ("a", 1), ("a", bytearray(b"a")), (b"a", "a"), ("a", b"a")):
    try: print(re.match(*a))
    except Exception as e: print(type(e).__name__, e)
print(re.match("a", b"abc").group(0))
print(re.compile(" +").split("a  b c", 1), re.compile(b" ").split(b"a b"))
print(re.compile("b").search("abcb", 2), re.compile("^b").search("abcb", 1), re.compile("b$").match("abab", 1, 2))
print(re.sub("a", "\\n\\x", "banana"), re.sub("a","x","banana",2), re.sub("z","x","banana"))
try: re.sub("a", "\\5", "banana")
except Exception as e: print(type(e).__name__, e)
try: re.sub("a", 5, "banana")
except Exception as e: print(type(e).__name__, e)
try: re.compile("(a)").split("bab")
except Exception as e: print(type(e).__name__, e)
print(re.match(r"[\w-]+@\w+\.com", "joe-x@ab.com").group(0))
print(re.match(r"[\]x]+", "]]x").group(0), re.match("[a\\-z]+", "a-z").group(0))
print(re.match("(?:a|b)*?c", "ababc").group(0))

