print("\x41\101\u0042", r"\n", len("\n"), "a\
b", "con" "cat")
print("""multi
line""")
print(b"by\x00te", b"abc"[1], bytes([65, 66]))
