for v in (0,1,'','a',[],[0],(),(0,),{},{0:0},None,0.0,0.1,set(),b'',b'a',range(0),range(1)):
    print(repr(v) if not isinstance(v,set) else 'set()',bool(v),not v,v and 1,v or 2,1 if v else 0)
