module lines

go 1.24
