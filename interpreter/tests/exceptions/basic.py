def t(f):
    try:
        f()
    except ZeroDivisionError as e:
        print("zde", e)
    except (KeyError, IndexError) as e:
        print("lookup", repr(e))
    except Exception as e:
        print("other", type(e).__name__, e)
    else:
        print("else")
    finally:
        print("finally")
t(lambda: 1 // 0)
t(lambda: {}["k"])
t(lambda: [][1])
t(lambda: int("x"))
t(lambda: None)
t(lambda: undefined_name)
