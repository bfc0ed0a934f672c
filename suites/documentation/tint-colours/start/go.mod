module colours

go 1.24
