from tables import join, read_table

left = read_table('city,n\n" Rome",1\nPARIS,2\n" ",3\n,4\n"New  York",5\n')
right = read_table('city,m\nrome,a\n"Paris ",b\n"",c\n,d\nnew york,e\nROME,f\n')
for how in ("inner", "lonely"):
    table = join(left, right, ["city"], how, fold=True)
    emit([table.columns, table.rows])
emit(join(left, right, ["city"], "without", fold=True).rows)
emit(join(left, right, ["city"]).rows)
emit([left.rows[0], right.rows[1]])
