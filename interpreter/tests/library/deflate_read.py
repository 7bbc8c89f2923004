# deflate: stored, fixed and broken streams, read in pieces.
import deflate, io
raw = b"\xcbH\xcd\xc9\xc9W(\xcf/\xcaIQ\xc8@\xa7\x00"
for a in ((raw, 1), (b"",), (b"abc",), (b"\x78\x9c",), (raw[:5], 1), (b"\x1f\x8b\x08\xe0",), (b"\x01\x05\x00\xfa\xffhello", 1), (b"\x01\x05\x00\xfb\xffhello", 1), (b"\x05\xff\xff\xff\xff", 1), (b"\x03\x02\x00", 1)):
    try:
        d = deflate.DeflateIO(io.BytesIO(a[0]), *a[1:])
        print(d.read(3), d.read(1), d.read(), d.read(), d.read(4))
    except Exception as e: print(type(e).__name__, e)
d = deflate.DeflateIO(io.BytesIO(b"\x01\x0b\x00\xf4\xffab\ncd\n\nefgh"), 1)
b = bytearray(2)
print(d.readline(), d.readinto(b), b, d.readline(), d.readline(1), d.readline(), d.readline())
for a in ((), (1,), (io.BytesIO(), 4), (io.BytesIO(), 0, 3), (io.BytesIO(), 0, 16), (io.BytesIO(), "a")):
    try: deflate.DeflateIO(*a).read()
    except Exception as e: print(type(e).__name__, e)
d.close()
try: d.read()
except Exception as e: print(type(e).__name__, e)
print(d.close(), [getattr(deflate, n) for n in ("AUTO","RAW","ZLIB","GZIP")])
with deflate.DeflateIO(io.BytesIO(raw), deflate.RAW) as d: print(d.read())
