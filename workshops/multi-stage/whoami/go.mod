module whoami

go 1.16
