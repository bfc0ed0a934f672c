module shopping

go 1.24
