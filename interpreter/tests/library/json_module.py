import json
for v in (1, 1.5, "a\"b\n", None, True, [1, [2, {}]], {"k": [1, 2]}, (1, 2), ""):
    print(json.dumps(v))
for s in ('1', '"x\\u0041"', '[1, 2, {"a": null}]', ' { "b" : [true, false] } ', '-1.5e2', '""'):
    print(json.loads(s))
for s in ('', '{', '[1,', 'nul', '{"a" 1}'):
    try:
        print(json.loads(s))
    except ValueError as e:
        print("ValueError", e)
