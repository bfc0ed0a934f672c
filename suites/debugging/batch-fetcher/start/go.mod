module fetcher

go 1.24
