for f in ('d','5d','<5d','^7d','+d','05d','x','#x','b','o',',','e','.2f','8.1f','g','%'):
    for v in (0,7,65,-42,1234567):
        try:
            print(f,v,('{:'+f+'}').format(v))
        except Exception as e:
            print(f,v,type(e).__name__)
