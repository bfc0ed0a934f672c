module badges

go 1.24
