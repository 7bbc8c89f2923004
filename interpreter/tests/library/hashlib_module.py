# hashlib: known sums, in pieces, and an object that is final.
import uhashlib as hashlib

for n in (0, 1, 55, 56, 63, 64, 65, 1000):
    h = hashlib.sha256(b"x" * n)
    print(n, h.digest())
h = hashlib.sha256()
for piece in (b"ab", bytearray(b"c"), "d", memoryview(b"efg")[1:]):
    h.update(piece)
print(h.digest())
for f in (h.digest, lambda: h.update(b""), lambda: hashlib.sha256(1), lambda: hashlib.sha256(b"", b"")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
