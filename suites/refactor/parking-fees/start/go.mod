module parking

go 1.24
