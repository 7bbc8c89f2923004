for i in range(4):
    try:
        if i==0:
            continue
        if i==2:
            raise ValueError(i)
        print('ok',i)
    except ValueError as e:
        print('err',e)
        continue
    finally:
        print('fin',i)
else:
    print('done')
