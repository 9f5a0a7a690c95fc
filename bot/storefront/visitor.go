package storefront

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strings"

	"frontdesk/bot/conversation"

	"github.com/labstack/echo/v4"
)

type contextKey int

const (
	doorKey contextKey = iota
	tokenKey
)

// withDoor keeps the way in for the handlers that are called without Echo.
func withDoor(ctx context.Context, d door) context.Context { return context.WithValue(ctx, doorKey, d) }

func doorOf(ctx context.Context) door {
	d, _ := ctx.Value(doorKey).(door)
	return d
}

// withToken keeps what the visitor showed.
func withToken(c echo.Context) context.Context {
	return context.WithValue(c.Request().Context(), tokenKey, c.Request().Header.Get("Authorization"))
}

// A visitor's token is "ADDRESS.SECRET": the conversation's address at the widget's channel, by which it is found, and 32
// random bytes, of which the conversation keeps the hash.
func newToken() (address, token string, hash []byte) {
	var name [16]byte
	var secret [32]byte
	rand.Read(name[:])
	rand.Read(secret[:])
	address = "v-" + hex.EncodeToString(name[:])
	text := base64.RawURLEncoding.EncodeToString(secret[:])
	return address, address + "." + text, hashOf(text)
}

func hashOf(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// visitor returns the conversation that the request's token opens: a missing token is 401, one that opens nothing in
// this shop 404.
func (f *Face) visitor(ctx context.Context) (conversation.Conversation, error) {
	header, _ := ctx.Value(tokenKey).(string)
	token, ok := strings.CutPrefix(header, "Bearer ")
	address, secret, whole := strings.Cut(token, ".")
	if !ok || !whole || len(token) > 200 {
		return conversation.Conversation{}, &refusal{status: http.StatusUnauthorized, detail: "no visitor's token"}
	}
	d := doorOf(ctx)
	conv, err := f.store.ByAddress(ctx, d.shop.ID, d.channel.ID, strings.ToValidUTF8(strings.ReplaceAll(address, "\x00", ""), ""))
	if err != nil {
		return conv, err
	}
	if subtle.ConstantTimeCompare(conv.TokenHash, hashOf(secret)) != 1 {
		return conversation.Conversation{}, conversation.ErrNotFound
	}
	return conv, nil
}

// writer is visitor for requests that write: they are counted.
func (f *Face) writer(ctx context.Context) (conversation.Conversation, error) {
	conv, err := f.visitor(ctx)
	if err != nil {
		return conv, err
	}
	return conv, f.visitors.pass(conv.ID.String())
}
