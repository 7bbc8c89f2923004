a=list(range(12))
for s in (None,0,3,-3,20,-20):
    for e in (None,0,5,-2,30,-30):
        print(s,e,a[s:e],'0123456789ab'[s:e],tuple(a)[s:e],b'0123456789ab'[s:e])
        for k in (2,-1,-3):
            print(s,e,k,a[s:e:k])
