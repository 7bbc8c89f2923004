v=(1,1.0,True,'1',b'1',[1],(1,),None)
for a in v:
    print([a==b for b in v],[a!=b for b in v],[a is None],[a in (1,)])
