# One stage: it compiles the server, and it is shipped.
FROM golang:1.16.4-alpine
WORKDIR /src
COPY go.mod app.go ./
RUN CGO_ENABLED=0 go build -o /whoami
ENTRYPOINT ["/whoami"]
