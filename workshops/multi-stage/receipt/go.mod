module receipt

go 1.16
