a = [5, 2, 9, 1, 5, 6]
a.sort()
print(a)
a.sort(reverse=True)
print(a)
w = ["banana", "kiwi", "apple", "fig"]
print(sorted(w), sorted(w, key=len)[0], sorted(w, reverse=True))
w.sort(key=lambda s: s[-1])
print(w)
print(sorted([(2, "b"), (1, "z"), (2, "a")]), sorted([1.5, 1, 0.5]))
print(min(w), max(w), min(3, 1, 2), max([4, 9], key=lambda x: -x))
