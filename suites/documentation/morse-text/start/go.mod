module signals

go 1.24
