b = b"abc"
print(b, b[0], b[1:], b + b"d", b * 2, len(b), b == b"abc", 97 in b, list(b))
print(b.find(b"c"), b.replace(b"a", b"A"), b.split(b"b"), b"-".join([b"x", b"y"]), b.upper())
a = bytearray(b"xyz")
a[0] = 65
a.append(66)
a.extend(b"CD")
print(a, len(a), bytes(a), a[1:3], bytearray(3), bytes(2))
print(int.from_bytes(b"\x01\x02", "big"), int.from_bytes(b"\x01\x02", "little"), (258).to_bytes(2, "big"))
