assert True
try:
    assert 1 == 2
except AssertionError as e:
    print("AssertionError", e, e.args)
try:
    assert False, "message"
except AssertionError as e:
    print(e)
