module access

go 1.24
