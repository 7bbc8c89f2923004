for v in (0, 65, 97, 8364):
    print(repr("{:c}".format(v)), repr("%c" % v), repr("{:4c}|".format(v)) if v != 8364 else "")
