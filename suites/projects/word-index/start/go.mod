module wordindex

go 1.24
