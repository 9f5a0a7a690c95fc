package conversation

import (
	"bytes"
	"image"
	"image/jpeg"
	"testing"
)

func FuzzReencode(f *testing.F) {
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, image.NewRGBA(image.Rect(0, 0, 16, 8)), nil); err != nil {
		f.Fatal(err)
	}
	turned := append([]byte("\xff\xd8\xff\xe1\x00\x22Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00"), 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0)
	f.Add(append(turned, plain.Bytes()[2:]...))
	f.Add(plain.Bytes())
	f.Add([]byte("GIF89a"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if o := orientation(raw); o < 1 || o > 8 {
			t.Fatalf("orientation %d", o)
		}
		if len(raw) > 4096 {
			return
		}
		if kept, err := Reencode(raw); err == nil && (kept.Width > maxSide || kept.Height > maxSide || len(kept.Bytes) == 0) {
			t.Fatalf("%d × %d", kept.Width, kept.Height)
		}
	})
}
