module broker

go 1.24
