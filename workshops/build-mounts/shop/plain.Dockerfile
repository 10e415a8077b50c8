FROM golang:1.16.4-alpine AS builder
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -v -o /shop .

FROM scratch AS final
COPY --from=builder /shop /shop
ENTRYPOINT ["/shop"]
