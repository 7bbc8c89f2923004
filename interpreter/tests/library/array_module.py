from array import array
a = array("i", [1, 2, 3])
a.append(4)
a[0] = -1
print(a, len(a), a[1], list(a), a[1:3], sum(a))
print(array("B", b"abc"), array("H", [65535])[0], array("f", [1.5]), array("b", [-1]))
m = memoryview(bytearray(b"hello"))
print(m[1], bytes(m[1:3]), len(m))
m[0] = 72
print(bytes(m))
