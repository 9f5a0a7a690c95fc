// Throw-away: never committed. Usage: shots NAME URL who locale WxH light|dark [js]
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

func main() {
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath("/usr/bin/chromium"), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	ac, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	defer cancel()
	for _, line := range os.Args[1:] {
		f := strings.SplitN(line, "|", 7)
		var w, h int64
		fmt.Sscanf(f[4], "%dx%d", &w, &h)
		ctx, stop := chromedp.NewContext(ac)
		ctx, c2 := context.WithTimeout(ctx, 25*time.Second)
		var png []byte
		js := "0"
		if len(f) > 6 {
			js = f[6]
		}
		var res any
		err := chromedp.Run(ctx,
			emulation.SetDeviceMetricsOverride(w, h, 1, w < 600),
			emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: f[5]}}),
			network.SetCookie("who", f[2]).WithDomain("127.0.0.1").WithPath("/"),
			network.SetCookie("frontdesk_locale", f[3]).WithDomain("127.0.0.1").WithPath("/"),
			chromedp.Navigate(f[1]), chromedp.Sleep(500*time.Millisecond),
			chromedp.Evaluate(js, &res), chromedp.Sleep(400*time.Millisecond),
			chromedp.CaptureScreenshot(&png))
		if err != nil {
			log.Println(line, err)
		} else {
			fmt.Println(f[0], res)
		}
		_ = os.WriteFile("/tmp/inbox/"+f[0]+".png", png, 0o644)
		c2()
		stop()
	}
}
