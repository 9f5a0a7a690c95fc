# The program alone, without a database: compose.yaml brings one.
# Written with care, but not built where the tests run: there is no Docker there.

FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o /frontdesk ./cmd/frontdesk

# Certificates, time zones, an unprivileged user, no shell.
FROM gcr.io/distroless/static-debian12:nonroot
COPY LICENSE /LICENSE
COPY --from=build /frontdesk /frontdesk
# Inside a container only its own network sees this; publish it as you like.
ENV FRONTDESK_LISTEN=0.0.0.0:8080
EXPOSE 8080
USER nonroot
ENTRYPOINT ["/frontdesk"]
CMD ["serve"]
