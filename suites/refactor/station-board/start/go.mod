module station

go 1.24
