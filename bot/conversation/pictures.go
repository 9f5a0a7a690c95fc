package conversation

import (
	"bytes"
	"errors"
	"image"
	_ "image/gif" // the first frame of it
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // phones and browsers send it
)

// MaxPicture is how many bytes of a picture are taken.
const MaxPicture = 5 << 20

const (
	maxPixels = 24_000_000 // of what is sent: decoding takes four bytes for each
	maxSide   = 2000       // of what is kept
)

// ErrPicture says that the bytes are no picture that we take.
var ErrPicture = errors.New("not a JPEG, PNG, WebP or GIF image, or one of too many pixels")

// Reencode decodes what was sent and writes it anew, so that only pixels remain: no place, no camera, no hidden payload.
// A photograph's orientation, which stands in what is dropped, is applied first. Opaque images become JPEG, others PNG.
// ErrPicture for anything else. Decoding takes up to 100 MB for a moment: let few run at once.
func Reencode(raw []byte) (Image, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || config.Width < 1 || config.Height < 1 || config.Width > maxPixels/config.Height {
		return Image{}, ErrPicture
	}
	src, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return Image{}, ErrPicture
	}
	pixels := upright(shrink(src), orientation(raw))
	var out bytes.Buffer
	media := "image/jpeg"
	if pixels.Opaque() {
		err = jpeg.Encode(&out, pixels, &jpeg.Options{Quality: 85})
	} else {
		media, err = "image/png", png.Encode(&out, pixels)
	}
	size := pixels.Bounds().Size()
	return Image{MediaType: media, Width: size.X, Height: size.Y, Bytes: out.Bytes()}, err
}

// shrink brings the longer side to maxSide at most.
func shrink(src image.Image) *image.RGBA {
	size := src.Bounds().Size()
	if longer := max(size.X, size.Y); longer > maxSide {
		size = image.Pt(max(1, size.X*maxSide/longer), max(1, size.Y*maxSide/longer))
	}
	dst := image.NewRGBA(image.Rectangle{Max: size})
	draw.ApproxBiLinear.Scale(dst, dst.Bounds(), src, src.Bounds(), draw.Src, nil)
	return dst
}
