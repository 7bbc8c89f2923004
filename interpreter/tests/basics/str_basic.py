s = "Hello, World"
print(s[0], s[-1], s[7:], s[:5], len(s))
print(s.upper(), s.lower(), s.find("o"), s.rfind("o"), s.find("zz"), s.count("l"))
print(s.replace("l", "L"), s.replace("l", "L", 2), s.startswith("He"), s.endswith("ld"))
print(s.split(", "), "a b  c".split(), "a,b,,c".split(","), "a b c d".split(" ", 2), "a.b.c".rsplit(".", 1))
print("-".join(["x", "y"]), "  pad ".strip() + "|", "xxhixx".strip("x"), "ab" * 3, "a" in "cat")
print("x".center(5) + "|", "abc".partition("b"), "abcb".rpartition("b"))
print("12".isdigit(), "ab".isalpha(), " ".isspace(), "Ab".isupper(), "ab".islower())
