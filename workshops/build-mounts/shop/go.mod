module shop

go 1.16
