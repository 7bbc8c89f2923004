import io
s = io.StringIO("line1\nline2\nrest")
print(s.readline(), s.read(3), s.read())
s = io.StringIO()
s.write("abc")
print("to file", 1, 2, file=s, end="!")
print(repr(s.getvalue()))
b = io.BytesIO(b"\x01\x02\x03")
print(b.read(2), b.read(), b.read())
for line in io.StringIO("a\nb\nc"):
    print(repr(line))
