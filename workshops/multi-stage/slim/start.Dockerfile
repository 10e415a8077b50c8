FROM golang:1.16.4-alpine AS builder
WORKDIR /src
COPY go.mod ./
RUN go mod download
COPY app.go ./
RUN CGO_ENABLED=0 go build -o /whoami

FROM alpine:3.13 AS final
COPY --from=builder /whoami /whoami
EXPOSE 80
ENTRYPOINT ["/whoami"]
