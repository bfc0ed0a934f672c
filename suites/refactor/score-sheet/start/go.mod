module scoresheet

go 1.24
