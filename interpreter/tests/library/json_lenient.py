# json: what it takes beyond JSON, what it refuses, and values that JSON does not have.
import ujson as json
for s in ('{"a":1', '[1,2}', '{1:2}', '{"a" "b"}', '"\\u00e9\\x"', '-', '1.', '1e5', '[1 2]', 'nul', '""x', ' 1 ', '1,', '[,]', '{"a"}', '"a\nb"', b'[true]', '[[[[]]]]', '{[1]:2}', '01', '1-2', '--1', ']', '"\\uZZZZ"'):
    try: print(json.loads(s))
    except Exception as e: print(s, type(e).__name__, e)
for o in ({1: 2}, {None: 3}, {True: 4}, {1.5: 6}, {"a": b"x"}, {b"k": 1}, {(1, 2): 5}, float("nan"), 1+2j, set([1]), object, {"a":[1,(2,)]}):
    try: print(json.dumps(o))
    except Exception as e: print(type(e).__name__, e)
for a, k in ((([1],), {"separators": (",",)}), (([1,2],), {"separators": [";", "="]}), (([1,2],), {"separators": 5}), (([1],(",",":")), {}), ((), {}), (([1],), {"separators": (1,2)}), (([1],), {"x": 2})):
    try: print(json.dumps(*a, **k))
    except Exception as e: print(type(e).__name__, e)
for a in ((1, 2), (1, {}), (1, "a")):
    try: print(json.dump(*a))
    except Exception as e: print(type(e).__name__, e)
for a in (1, "a", []):
    try: print(json.load(a))
    except Exception as e: print(type(e).__name__, e)
print(json.loads("["*3000+"]"*3000) != 1)
