from tables import Table, read_table, run, write_table

files = {"a": "id,x\n1,one\n2,two\n", "b": "id,y\n2,zwei\n3,drei\n", "c": "id;y\nA ;1\n"}
emit(run(["a", "b", "--on", "id", "--how", "lonely"], files))
emit(run(["--no-head", "a", "b", "--on", "id"], files))
emit(run(["a", "b", "--how", "left", "--fold", "--on", "id", "--no-head"], files))
emit(run(["c", "c", "--separator", ";", "--fold", "--on", "id"], files))
emit(run(["a", "b", "--on", "z", "--fold"], files))
table = read_table("a,b\n1,\n")
emit([write_table(table, head=False), write_table(table, ";", False), write_table(table), write_table(Table(["a"], []), head=False)])
