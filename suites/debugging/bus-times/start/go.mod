module stop

go 1.24
