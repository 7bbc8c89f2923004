# What float() and complex() take, and how digits are grouped.
for text in ("1", "1.", "1e", "1e5", "e5", "_", "1_0", "1._0", ".", " 1.5 ", "1e ", "1e+", "1e-5", "-.5e2", "-Infinity", " +nan ", "infi", "0x1",
        "1 1", "--1", "+ 1", "1e400", "1e-400", "1__0", "1e1_0", "1e_", "", "1\t", "\v1", "-", "1.2.3", "1e5.5", "iNfInItY"):
    try: print(repr(text), float(text))
    except ValueError as e: print(repr(text), e)
for text in ("1 1j", "1+1j", "+j", "j", "1", " 1 j", "1 - 1j", "1-1", "1 1", "1j1", "nanj", "infinity-infj", "1e3-2.5e-3j", ".5j", ".j", "",
        "1++1j", "1+-1j", "(1+1j)", "1e", "1ej", "1+1j x", "1.e5", "1J", "1jj", "1 2 3j", "-1-j", "e5", "1 e5j", "1_0", "_1j", "1e+j", "1+e1j"):
    try: print(repr(text), complex(text))
    except ValueError as e: print(repr(text), e)
for value in (3141.159, -3141.159, 3.5, 1e10, 123456789, -1234567, 5):
    for width in ("", "4", "5", "8", "11", "15", "16", "20"):
        for form in ("0{}_", "0{},", "{},", "*={}_", "0>{},", "0<{}_", "0^{},", "+0{},"):
            print(("{:" + form.format(width) + "}").format(value), end="|")
        print()
print("{:0{}_x} {:#0{},b} {:0{},.2f}".format(305419896, 14, 9, 12, 1234.5, 12))
