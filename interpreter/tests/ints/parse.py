for s, b in (("12", 10), ("-7", 10), ("ff", 16), ("0xff", 0), ("0b101", 0), ("0o17", 0), ("z", 36), ("1010", 2), (" 5 ", 10), ("+3", 10), ("", 10), ("12x", 10), ("0x", 16), ("9", 8)):
    try:
        print(repr(s), b, int(s, b))
    except ValueError as e:
        print(repr(s), b, e)
print(0xff, 0b11, 0o17, 1_000_000, int(True), int(2.99), int("007"))
