# Two stages: the first compiles the server, the second is
# shipped.
FROM golang:1.16.4-alpine AS builder
WORKDIR /src
COPY go.mod app.go ./
RUN CGO_ENABLED=0 go build -o /whoami

FROM scratch AS final
COPY --from=builder /whoami /whoami
ENTRYPOINT ["/whoami"]
