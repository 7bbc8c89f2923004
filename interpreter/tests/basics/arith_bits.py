vals = (0, 1, -1, 6, -6, 255, 2147483647, -2147483648, 1 << 62, -(1 << 62), 1 << 70)
for a in vals:
    print(~a, a & 15, a | 16, a ^ 255)
    for b in vals:
        print(a & b, a | b, a ^ b)
