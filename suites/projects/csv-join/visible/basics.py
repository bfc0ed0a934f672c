from tables import Table, join, run, write_table

people = Table(["id", "name"], [["1", "Ann"], ["2", "Bob"], ["3", None]])
orders = Table(["number", "person", "name"], [["a", "2", "lamp"], ["b", "1", "desk"], ["c", "2", "rug"], ["d", "9", ""]])
emit(list(join(people, orders, [("id", "person")])))
emit(list(join(people, orders, [("id", "person")], "full").rows))
emit(write_table(Table(["a", "b c"], [["x, y", ""], ['12"', None]])))
files = {"l.csv": "id;x\n1;one\n2;two\n", "r.csv": "id;y\n2;zwei\n"}
emit(run(["l.csv", "r.csv", "--on", "id", "--how", "left", "--separator", ";"], files))
