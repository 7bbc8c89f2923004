print(eval("1 + 2 * 3"), eval("[x for x in range(3)]"))
g = {"a": 5}
exec("b = a * 2", g)
print(g["b"])
exec("def f():\n return 'hi'")
print(f())
x = 10
print(eval("x + 1"), eval("y", {"y": 7}))
exec(compile("print('compiled')", "<s>", "exec"))
