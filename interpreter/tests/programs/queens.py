def solve(n, cols=()):
    row = len(cols)
    if row == n:
        return 1
    return sum(solve(n, cols + (c,)) for c in range(n) if all(c != k and abs(c - k) != row - r for r, k in enumerate(cols)))
print([solve(n) for n in range(1, 7)])
