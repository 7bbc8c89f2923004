class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        self.log = []
    def deposit(self, n):
        if n <= 0:
            raise ValueError("amount must be positive")
        self.balance += n
        self.log.append(("+", n))
    def withdraw(self, n):
        if n > self.balance:
            raise RuntimeError("only {} left".format(self.balance))
        self.balance -= n
        self.log.append(("-", n))
    def __repr__(self):
        return "<{} {}>".format(self.owner, self.balance)
a = Account("Ann", 50)
a.deposit(25)
for n in (30, 100, -5):
    try:
        a.withdraw(n) if n > 0 else a.deposit(n)
    except (RuntimeError, ValueError) as e:
        print(type(e).__name__ + ":", e)
print(a, a.log)
