from tables import read_table, run

emit(list(read_table('a,"b ""x""",c\r\n1,,""\r\n\n"two\nlines",3, 4 \n')))
emit(list(read_table("only\n\nx\n")))
emit(list(read_table("a\tb\n1,5\t2", "\t")))
for text in ("", "a,a\n", "a,b\n1,2\n3\n", 'a\n"x\ny\n', 'a,b\n"x"y,1\n'):
    try:
        read_table(text)
    except ValueError as error:
        emit(str(error))
emit(run(["a.csv", "b.csv", "--on", "x"], {"a.csv": "x\n"}))
