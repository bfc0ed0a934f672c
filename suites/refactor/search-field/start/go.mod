module logs

go 1.24
