class Light:
    states = {"red": ("green", 3), "green": ("yellow", 2), "yellow": ("red", 1)}
    def __init__(self):
        self.state = "red"
    def run(self, n):
        for _ in range(n):
            nxt, t = self.states[self.state]
            yield "{:>6} for {}".format(self.state, t)
            self.state = nxt
for s in Light().run(5):
    print(s)
