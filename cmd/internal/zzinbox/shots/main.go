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
		var png []byte
		js := "0"
		if len(f) > 6 {
			js = f[6]
		}
		var res any
		run := func() error {
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(w, h)); err != nil {
				return err
			}
			if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: f[5]}}}); err != nil {
				return err
			}
			for k, v := range map[string]string{"who": f[2], "frontdesk_locale": f[3]} {
				if _, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: k, Value: v, URL: "http://127.0.0.1:8191/"}); err != nil {
					return err
				}
			}
			if err := chromedp.Do(ctx, chromedp.Navigate(f[1]), chromedp.Sleep(500*time.Millisecond)); err != nil {
				return err
			}
			var err error
			if res, err = chromedp.Run(ctx, chromedp.Evaluate[any](js)); err != nil {
				return err
			}
			time.Sleep(400 * time.Millisecond)
			png, err = chromedp.Run(ctx, chromedp.CaptureScreenshot())
			return err
		}
		err := run()
		if err != nil {
			log.Println(line, err)
		} else {
			fmt.Println(f[0], res)
		}
		_ = os.WriteFile("/tmp/inbox/"+f[0]+".png", png, 0o644)
		stop()
	}
}
