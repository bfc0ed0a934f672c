module theatre

go 1.24
