# random: the numbers that a seed gives, and what is out of range.
import urandom as random
random.seed(7)
print([random.getrandbits(k) for k in (1,8,16,32,0)], random.randrange(100), random.randint(-5,5), random.choice("hello"), random.random(), random.uniform(1,3), random.randrange(10,0,-3), random.randrange(5,50,7))
for f, a in ((random.getrandbits,(33,)),(random.getrandbits,(-1,)),(random.randrange,(0,)),(random.randrange,(1,1)),(random.randrange,(1,2,0)),(random.randint,(2,1)),(random.choice,([],)),(random.seed,("a",)),(random.seed,(1.5,)),(random.choice, (5,)), (random.randrange, (2.5,))):
    try: print(f(*a))
    except Exception as e: print(type(e).__name__, e)
