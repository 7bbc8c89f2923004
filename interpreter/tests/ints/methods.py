print((255).to_bytes(2, "little"), int.from_bytes(b"\xff\x00", "little"), int.from_bytes(b"\xff\xff", "big"))
print(hex(-255), bin(-5), oct(-8), abs(-2 ** 70), divmod(-7, 3), divmod(7, -3), pow(-2, 3), pow(7, 77, 13))
print(True + True, True * 5, False or 3, isinstance(True, int), True == 1, str(True), int("1") is 1)
print(max(1, 2.5), min(-1, -1.5), sum([True, True, False]))
