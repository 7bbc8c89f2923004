a = 1 + 2j
print(a, a.real, a.imag, a * 2, a + 1, a * a, a / 2, -a, abs(3 + 4j), a == 1 + 2j, complex(1, 2), 1j)
