import struct
print(struct.pack("<BHI", 1, 2, 3), struct.pack(">BHI", 1, 2, 3), struct.calcsize("<BHI"), struct.calcsize("bhiq"))
print(struct.unpack("<hHbB", b"\xff\xff\xff\xff\xff\xff"), struct.unpack(">if", struct.pack(">if", -5, 2.5)))
print(struct.pack("3s2s", b"ab", b"xyz"), struct.unpack("<2sB", b"hi\x05"), struct.unpack("<3B", b"abc"))
b = bytearray(6)
struct.pack_into("<H", b, 2, 0x1234)
print(b, struct.unpack_from("<H", b, 2))
