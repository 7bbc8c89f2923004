class Node:
    def __init__(self, v, next=None):
        self.v = v
        self.next = next
class Stack:
    def __init__(self):
        self.head = None
        self.n = 0
    def push(self, v):
        self.head = Node(v, self.head)
        self.n += 1
        return self
    def pop(self):
        if not self.head:
            raise IndexError("empty stack")
        v, self.head = self.head.v, self.head.next
        self.n -= 1
        return v
    def __iter__(self):
        n = self.head
        while n:
            yield n.v
            n = n.next
    def __len__(self):
        return self.n
s = Stack().push(1).push(2).push(3)
print(list(s), len(s), s.pop(), s.pop(), s.pop(), bool(s))
try:
    s.pop()
except IndexError as e:
    print(e)
