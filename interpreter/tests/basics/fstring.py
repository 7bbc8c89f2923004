name, n = "Ada", 3
print(f"Hi {name}, {n + 1} {n!r} {name!r}")
print(f"{n:05d} {3.14159:.2f} {name:>6}|", f"{{x}} {n * 'a'}")
print(f"{'nested' + str(n)} {[i for i in range(n)]}", f"a{n}" "b" f"{n}c")
print(f"{n=}", f"{n:{n}d}|")
