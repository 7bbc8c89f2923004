print(2**31, 2**64, -(2**63), 1 << 100, 10**30 // 7, 10**30 % 7, (2**70) >> 3, ~(2**40), 2**100 & 0xFFFF)
print(hex(255), bin(10), oct(8), abs(-5), pow(2, 10), int("ff", 16), int("0b11", 0), 0x1F, 0b101, 0o17)
print(5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 4, 256 >> 2, -7 // 2, -7 % 3, divmod(-7, 2), 17 % 5)
x = 10
x += 5
x *= 2
x //= 4
x -= 1
x **= 2
x %= 10
print(x, True + True, not 0, 3 > 2 > 1, 1 if x else 2, None is None, 4 in (1, 4))
f = 1
for i in range(1, 26):
    f *= i
print(f, len(str(f)))
for g in (lambda: 1 << -1, lambda: int("12x"), lambda: int(""), lambda: 1 + "a", lambda: 5 % 0):
    try:
        g()
    except Exception as e:
        print(repr(e))
