class A:
    def m(self):
        return [1, 2][self.i]

    def run(self):
        self.i = 5
        self.m()


A().run()
