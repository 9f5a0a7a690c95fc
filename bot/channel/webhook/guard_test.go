package webhook

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"

	"github.com/doyensec/safeurl"
)

func TestAnAddressThatWasEnteredLeadsIntoNoPrivateNetwork(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	for _, host := range []string{"127.0.0.1:8443", "localhost:8443", "[::1]:443", "[::ffff:127.0.0.1]:443", "10.0.0.7:443", "192.168.1.1:80", "169.254.169.254:80", "[fd00::1]:443", "0.0.0.0:443"} {
		dial := NewGuard([]string{"models.internal"}).Dial("https://" + host + "/v1")
		if dial == nil {
			t.Fatalf("%s is not guarded", host)
		}
		_, err := dial(ctx, "tcp", host)
		var refused *safeurl.AllowedIPError
		if !errors.As(err, &refused) {
			t.Errorf("%s: %v", host, err)
		}
	}
	if dial := NewGuard(nil).Dial("http://" + l.Addr().String()); dial == nil {
		t.Error("loopback is open to everybody")
	}
	if dial := NewGuard([]string{"127.0.0.1"}).Dial("http://" + l.Addr().String()); dial != nil {
		t.Error("what the operator lists is guarded")
	}
}
