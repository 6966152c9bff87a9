# The static binary and nothing else: docker run --rm -v "$PWD:/flows:ro" nanolint check
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /nanolint ./cmd/nanolint

FROM scratch
COPY --from=build /nanolint /nanolint
WORKDIR /flows
ENTRYPOINT ["/nanolint"]
