module mailroom

go 1.24
