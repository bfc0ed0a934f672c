module company

go 1.24
