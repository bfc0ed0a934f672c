module homes

go 1.24
