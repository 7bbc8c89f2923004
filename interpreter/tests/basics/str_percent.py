print("%d %s %r" % (1, "a", "b"), "%5d|%-5d|%05d" % (42, 42, 42), "%x %X %o" % (255, 255, 8))
print("%c%c" % (65, "B"), "%%", "%s" % None, "%s" % [1, 2], "%.2f %8.3f" % (3.14159, 2.5))
print("%(a)s %(b)d" % {"a": "x", "b": 2}, "%5s|%-5s|" % ("a", "b"), "%+d % d" % (5, 5))
for f, a in (("%d", "x"), ("%d %d", (1,)), ("%d", (1, 2))):
    try:
        print(f % a)
    except TypeError as e:
        print("TypeError", e)
