class Matrix:
    def __init__(self, rows):
        self.rows = [list(r) for r in rows]
    def __matmul__(self, o):
        return Matrix([[sum(a * b for a, b in zip(r, c)) for c in zip(*o.rows)] for r in self.rows])
    def __getitem__(self, ij):
        i, j = ij
        return self.rows[i][j]
    def __str__(self):
        return "\n".join(" ".join("%4d" % x for x in r) for r in self.rows)
a = Matrix([[1, 2], [3, 4]])
print(a @ a)
print((a @ a)[1, 0])
