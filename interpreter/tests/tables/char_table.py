for v in (0, 65, 97):
    print(repr("{:c}".format(v)), repr("%c" % v), repr("{:4c}|".format(v)))
