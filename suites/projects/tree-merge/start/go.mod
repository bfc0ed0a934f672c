module merge

go 1.24
