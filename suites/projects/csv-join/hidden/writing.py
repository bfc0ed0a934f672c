from tables import Table, read_table, write_table

emit(write_table(Table(["a", "b"], [])))
emit(write_table(Table(["id", "the name"], [["1", "O'Hara"], ["2", "a b"], [None, None]])))
emit(write_table(Table(["x,y", ' "q" '], [["", " "], ["end ", " begin"]])))
emit(write_table(Table(["a;b", "c,d"], [["1;2", "3,4"], ["5\n6", "7\r8"]]), ";"))
emit(write_table(Table(["only"], [[None], [""], ["x"], [None]])))
signs = [None, "", " ", '"', '""', "\n", "\r", "\r\n", ",", ";", "\t", "x", ' "a"', "a\n\nb", "é\u00a0"]
rows = [[a, b] for a in signs for b in signs]
for separator in ",;\t":
    table = Table(["first, \"1\"", " second"], rows)
    emit(read_table(write_table(table, separator), separator) == table)
table = Table(["one"], [[sign] for sign in signs])
emit(read_table(write_table(table)) == table)
