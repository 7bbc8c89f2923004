for src in ("a, b = 1,", "a, b = 1, 2, 3", "a, *b, c = 1,", "a, b = 5"):
    try:
        exec(src)
    except (ValueError, TypeError) as e:
        print(type(e), e)
