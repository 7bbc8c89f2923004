class Battery(Exception):
    pass
class Robot:
    def __init__(self):
        self.charge = 1
    def step(self):
        if not self.charge:
            raise Battery("empty")
        self.charge -= 1
        print("step")
r = Robot()
while True:
    r.step()
