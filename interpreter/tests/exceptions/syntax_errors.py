cases = ["1 +", "if True\n  pass", "for x in", "def f(:\n pass", "a b", "x = = 1", "(1, 2", "print 'a'", "return 1",
         "break", "continue", "1 = 2", "f() = 1", "yield 1", "nonlocal x", "def f(a, a): pass", "  x = 1",
         "if 1:\nx", "try:\n pass", "del 1", "a, *b, *c = 1", "class", "else: pass", "'abc", "lambda: yield"]
for src in cases:
    try:
        exec(src)
        print("ok", repr(src))
    except SyntaxError as e:
        print(type(e).__name__, e, repr(src))
