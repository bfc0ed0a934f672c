from tables import join, read_table

left = read_table("id,name\n1,a\n2,b\n,c\n2,d\n")
right = read_table("key,name,size\n2,x,10\n3,y,20\n,z,30\n2,w,40\n")
for how in ("lonely", "full", "without"):
    table = join(left, right, [("id", "key")], how)
    emit([table.columns, table.rows])
table = join(left, left, ["id"], "lonely")
emit([table.columns, table.rows])
emit(join(right, right, ["key", "name"], how="lonely").rows)
try:
    join(left, right, [("id", "key")], "Lonely")
except ValueError:
    emit("ValueError")
