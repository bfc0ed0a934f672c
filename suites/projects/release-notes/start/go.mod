module release

go 1.24
