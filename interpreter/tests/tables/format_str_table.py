for f in ('','s','5s','<5s','>5s','^5s','.1s','*>6','6.2s','d','=5s'):
    try:
        print(f,'['+('{:'+f+'}').format('ab')+']')
    except ValueError as e:
        print(f,e)
