module gradebook

go 1.24
