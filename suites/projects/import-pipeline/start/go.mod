module pipeline

go 1.24
