# uctypes: scalars, bit fields and aggregates in all layouts, sizes, and what descriptors may not be.
import uctypes
buf = bytearray(range(64))
a = uctypes.addressof(buf)
desc = {
  "u8": uctypes.UINT8 | 0, "i8": uctypes.INT8 | 63, "u16": uctypes.UINT16 | 2, "i16": uctypes.INT16 | 3, "u32": uctypes.UINT32 | 4, "i32": uctypes.INT32 | 8, "u64": uctypes.UINT64 | 8, "i64": uctypes.INT64 | 56,
  "f": uctypes.FLOAT32 | 12, "d": uctypes.FLOAT64 | 16,
  "b1": uctypes.BFUINT16 | 4 | 3 << uctypes.BF_POS | 5 << uctypes.BF_LEN, "b2": uctypes.BFUINT8 | 5 | 0 << uctypes.BF_POS | 4 << uctypes.BF_LEN, "b3": uctypes.BFUINT32 | 8 | 20 << uctypes.BF_POS | 12 << uctypes.BF_LEN,
  "s": (0 | 24, {"x": uctypes.UINT8 | 0, "y": uctypes.UINT16 | 2}), "arr": (uctypes.ARRAY | 32, uctypes.UINT16 | 4), "bytes": (uctypes.ARRAY | 40, uctypes.UINT8 | 3), "recs": (uctypes.ARRAY | 44, 2, {"p": uctypes.UINT8 | 0, "q": uctypes.INT16 | 2}),
}
for layout in (uctypes.LITTLE_ENDIAN, uctypes.BIG_ENDIAN, uctypes.NATIVE):
    s = uctypes.struct(a, desc, layout)
    print([getattr(s, n) for n in ("u8","i8","u16","u32","i32","u64","i64","f","b1","b2","b3")], s.s.x, s.s.y, [s.arr[i] for i in range(4)], s.bytes, s.recs[1].p, s.recs[1].q)
    s.u8 = 300; s.u16 = -1; s.i32 = -5; s.u64 = 2**64 - 3; s.b1 = 77; s.b3 = 4095; s.s.y = 513; s.arr[2] = 0xABCD; s.bytes[1] = 7; s.recs[0].q = -9; s.f = 1.5; s.d = -2.25
    print(s.d, s.f)
    print(buf, uctypes.sizeof(s), uctypes.sizeof(desc, layout), uctypes.sizeof(s.s), uctypes.sizeof(s.arr), uctypes.sizeof(s.recs))
for f in (lambda: s.nope, lambda: s[0], lambda: s.arr[4], lambda: s.arr.x, lambda: s.__setattr__("s", 1), lambda: uctypes.sizeof(5), lambda: uctypes.sizeof([]), lambda: uctypes.sizeof((1,)), lambda: uctypes.sizeof({"a": "b"}), lambda: uctypes.struct(1), lambda: uctypes.struct("a", {}), lambda: uctypes.addressof(5), lambda: uctypes.sizeof(s, 1), lambda: uctypes.sizeof({}), lambda: uctypes.sizeof({"a": uctypes.UINT8 | 0, "b": uctypes.UINT32 | 4}), lambda: uctypes.sizeof({"a": uctypes.UINT8 | 5, "b": uctypes.UINT16 | 0}), lambda: uctypes.sizeof((uctypes.ARRAY | 0, 3, (uctypes.ARRAY|0, uctypes.UINT8|2))), lambda: hash(s), lambda: int(uctypes.struct(uctypes.addressof(b"12"), {"x": uctypes.UINT16 | 0})), lambda: len(s), lambda: s.recs.__class__, lambda: uctypes.sizeof(bytearray(5)), lambda: type(s)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
try: s.u16 = "a"
except Exception as e: print(type(e).__name__, e)
try: s.u16 = 1.5
except Exception as e: print(type(e).__name__, e)
try: s.s = 1
except Exception as e: print(type(e).__name__, e)
try: del s.u8
except Exception as e: print(type(e).__name__, e)
print(bytearray(s)[:4], bytes(uctypes.struct(a, {"x": uctypes.UINT32 | 0})), uctypes.bytes_at(a + 2, 3), uctypes.bytearray_at(a, 2))
m = uctypes.bytearray_at(a + 10, 4); m[0] = 99; print(buf[10])
print([(n, getattr(uctypes, n)) for n in ("UINT8","INT8","UINT16","INT64","BFUINT8","BFINT32","FLOAT32","FLOAT64","PTR","ARRAY","BF_POS","BF_LEN","NATIVE","VOID","SHORT","INT","LONGLONG")])
