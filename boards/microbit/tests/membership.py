# `in`, and what refuses it.
for e in (
    "'a' in 'abc'", "'' in ''", "1 in [1, 2]", "None in ()", "'k' in {'k': 1}", "3 in range(5)", "9 in range(5)", "2.0 in [1, 2]",
    "'a' in 5", "5 in 5", "5.0 in 5", "None in 5", "1 in 5.5", "'a' in 5.5", "[] in None", "5 in 'a'", "b'a' in b'abc'",
    "1 in {1, 2}", "[] in {1}", "'ab' in ['a', 'b']", "not 1 in [1]", "1 not in [2]",
):
    try:
        print(e, eval(e))
    except Exception as x:
        print(e, repr(x))


class Shelf:
    def __contains__(self, what):
        print("asked for", what)
        return what > 2


class Row:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i * i


print(1 in Shelf(), 3 in Shelf())
for what in (4, 5):
    try:
        print(what in Row())
    except Exception as x:
        print(repr(x))
