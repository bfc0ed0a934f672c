module waterworks

go 1.24
