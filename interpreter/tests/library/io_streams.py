# StringIO, BytesIO and a program's own stream: what read, write, seek and the rest give.
import io

s = io.StringIO("one\ntwo\nthr\u00e9e")
print(s.read(2), repr(s.readline()), s.tell(), s.read())
print(s.seek(0), [len(line) for line in s], s.seek(-3, 2), s.read(), s.seek(-100, 1))
s.seek(20)
print(s.write("!"), len(s.getvalue()))
s.close()
try:
    s.read()
except ValueError as e:
    print("ValueError", e)

b = io.BytesIO(b"abcdef")
buf = bytearray(4)
print(b.readinto(buf), buf, b.readinto(buf), buf, b.readinto(buf))
print(b.seek(2), b.write(b"XYZ"), b.getvalue(), b.write(bytearray(b"12345"), 2), b.getvalue())
try:
    b.seek(-1)
except OSError as e:
    print("OSError", e.errno)
with io.BytesIO() as w:
    print(w.write(b"in with"))
try:
    w.getvalue()
except ValueError as e:
    print("ValueError", e)
print(io.BytesIO(10).getvalue(), io.StringIO(5).read())


class Out(io.IOBase):
    def __init__(self):
        self.got = []

    def write(self, buf):
        self.got.append(bytes(buf))
        return len(buf)


o = Out()
print("a", 1, [2, "x"], sep="-", end=".\n", file=o)
print(b"".join(o.got))


class Broken(io.IOBase):
    def write(self, buf):
        return -5


try:
    print("x", file=Broken())
except OSError as e:
    print("OSError", e.errno)
for bad in (1, "text", object()):
    try:
        print("x", file=bad)
    except OSError as e:
        print("OSError", e)
