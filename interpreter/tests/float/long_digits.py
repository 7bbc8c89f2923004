# More digits than a float has: those that read back as the same number, then zeros; and what does not fit the C buffer.
for v in (5.538291158343894e21, 123456789012345680.0, 2.0**70, 1e30 / 3, 1 / 3, 0.1, 1.1e-7, 123456.789, 12345678901.1, 0.5, 1e5 / 7, -2.5e-10):
    for p in (0, 6, 15, 16, 17, 18, 20, 22, 25, 30):
        print("%.*f|%.*e|%.*g" % (p, v, p, v, p, v))
print(bytearray(b"  ").strip(), bytearray(b" a ").strip(), bytearray().lstrip(), b" ".rstrip())
print(1e23, 1e22, 9.5e22, "%.16g" % 1e23, "%.20e" % 1e23, 1e-23)
print(int("00", 0), int("0", 0), int("0_0", 0))
