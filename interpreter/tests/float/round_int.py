for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.675, 1e15 + 0.5):
    print(round(x), round(x, 1), round(x, 2), int(x))
print(round(1234.5678, -2), round(1234, -2), round(15, -1), round(25, -1))
for s in ("1.5", " 2 ", "1e3", "-.5", "inf", "nan", "1_0"):
    try:
        print(float(s))
    except ValueError as e:
        print("ValueError", e)
