package storefront

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"frontdesk/bot/conversation"
)

// photo is a JPEG as a phone makes it: turned by orientation 6, with a place in its Exif data.
func photo(t testing.TB, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, color.RGBA{uint8(255 * (x * 2 / w)), 40, 40, 255}) // dark on the left, red on the right
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	tiff := append([]byte("II*\x00\x08\x00\x00\x00\x01\x00"), 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0)
	exif := append([]byte("Exif\x00\x00"), append(tiff, "GPS 31.2304N 121.4737E"...)...)
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(exif)+2))
	return append(append(head, exif...), b.Bytes()[2:]...)
}

func TestAnImageIsKeptUprightWithoutItsMetadata(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	api, bearer, _ := f.visit()
	raw := photo(t, 2400, 1200)
	if !bytes.Contains(raw, []byte("GPS")) {
		t.Fatal("the sample has no place in it")
	}
	r := f.do("POST", api+"/images?id=i-1", raw, "Authorization", bearer, "Content-Type", "image/jpeg")
	var a Accepted
	if r.into(t, &a); r.status != 202 || a.Image == nil {
		t.Fatalf("%d %s", r.status, r.raw)
	}
	got := f.do("GET", api+"/images/"+a.Image.String(), nil, "Authorization", bearer)
	if got.status != 200 || got.header.Get("Content-Type") != "image/jpeg" || bytes.Contains(got.raw, []byte("Exif")) || bytes.Contains(got.raw, []byte("GPS")) {
		t.Fatalf("%d %v", got.status, got.header)
	}
	img, err := jpeg.Decode(bytes.NewReader(got.raw))
	if err != nil || img.Bounds().Dx() != 1000 || img.Bounds().Dy() != 2000 {
		t.Fatalf("%v %v", img.Bounds(), err)
	}
	top, _, _, _ := img.At(500, 100).RGBA()
	bottom, _, _, _ := img.At(500, 1900).RGBA()
	if top > 0x4000 || bottom < 0xc000 {
		t.Errorf("not upright: top %x, bottom %x", top, bottom)
	}
	again := f.do("POST", api+"/images?id=i-1", raw, "Authorization", bearer, "Content-Type", "image/jpeg")
	if again.status != 200 || f.count(`select count(*) from images`) != 1 || f.count(`select count(*) from messages`) != 1 {
		t.Errorf("sent again: %d", again.status)
	}
	_, stranger, _ := f.visit()
	if r := f.do("GET", api+"/images/"+a.Image.String(), nil, "Authorization", stranger); r.status != 404 {
		t.Errorf("a stranger: %d", r.status)
	}
}

func TestOnlyImagesOfABearableSizeAreTaken(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	api, bearer, _ := f.visit()
	var clear, moving, bomb bytes.Buffer
	if err := png.Encode(&clear, image.NewNRGBA(image.Rect(0, 0, 30, 20))); err != nil {
		t.Fatal(err)
	}
	if err := gif.Encode(&moving, image.NewPaletted(image.Rect(0, 0, 9, 9), color.Palette{color.Black}), nil); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&bomb, image.NewGray(image.Rect(0, 0, 6000, 6000))); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		raw    []byte
		status int
	}{
		"clear.png":  {clear.Bytes(), 202},
		"moving.gif": {moving.Bytes(), 202},
		"half.jpg":   {photo(t, 200, 100)[:900], 400},
		"bomb.png":   {bomb.Bytes(), 400},
		"page.html":  {[]byte("<script>alert(1)</script>"), 400},
		"vector.svg": {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), 400},
		"nothing":    {[]byte{}, 400},
		"large":      {make([]byte, conversation.MaxPicture+1), 413},
	} {
		if r := f.do("POST", api+"/images?id="+name, c.raw, "Authorization", bearer, "Content-Type", "image/png"); r.status != c.status {
			t.Errorf("%s: %d %s", name, r.status, r.raw)
		}
	}
	if r := f.do("POST", api+"/images", clear.Bytes(), "Authorization", bearer, "Content-Type", "image/png"); r.status != 400 || r.field() != "id" {
		t.Errorf("without an id: %d", r.status)
	}
}
