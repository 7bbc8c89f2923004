# micropython.RingIO: bytes through a ring, with a size of its own or in a buffer of the program's.
import micropython

r = micropython.RingIO(8)
print(r.any(), r.read(), r.write(b"hello"), r.any(), r.read(2), r.write(b"worldwide"), r.any(), r.read())
print(r.write(b"line\nrest"), r.readline(), r.readline(), r.readline())
buf = bytearray(4)
q = micropython.RingIO(buf)
print(q.write(b"abcdef"), q.any(), q.readinto(bytearray(2)), q.write(b"XYZ"), q.read(10))
for bad in (0, 70000, bytearray(1)):
    try:
        print(micropython.RingIO(bad))
    except ValueError as e:
        print("ValueError", e)
print(r.close(), r.any())
