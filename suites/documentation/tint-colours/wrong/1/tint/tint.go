// Package tint reads colours, mixes them, and says whether text of one can be read on another.
package tint

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// ErrFormat is the error for a text that is no colour. Errors wrap it: ask with errors.Is.
var ErrFormat = errors.New("not a colour")

// Colour is a colour by its three lights, each from 0 (dark) to 255.
type Colour struct {
	Red, Green, Blue uint8
}

// Parse reads a colour of six hexadecimal digits, or of three, each of which stands for itself twice: "abc" is "aabbcc".
// A "#" in front may be left out, and the digits may be of either case. Everything else is an error, blanks too.
func Parse(text string) (Colour, error) {
	digits := strings.TrimPrefix(text, "#")
	if len(digits) == 3 {
		digits = strings.Repeat(digits[:1], 2) + strings.Repeat(digits[1:2], 2) + strings.Repeat(digits[2:], 2)
	}
	number, err := strconv.ParseUint(digits, 16, 24)
	if err != nil || len(digits) != 6 {
		return Colour{}, fmt.Errorf("%q: %w", text, ErrFormat)
	}
	return Colour{uint8(number >> 16), uint8(number >> 8), uint8(number)}, nil
}

// String is the colour as "#" and six hexadecimal digits in lower case, which Parse reads.
func (c Colour) String() string {
	return fmt.Sprintf("#%02x%02x%02x", c.Red, c.Green, c.Blue)
}

// Mix is a colour between two others. The share is that of the second colour: 0 gives the first one, 1 the second. A share
// below 0 is taken as 0, one above 1 as 1. Each light is rounded to the nearest whole number.
func Mix(first, second Colour, share float64) Colour {
	share = min(max(share, 0), 1)
	between := func(a, b uint8) uint8 {
		return uint8(math.Round(float64(a) + (float64(b)-float64(a))*share))
	}
	return Colour{between(first.Red, second.Red), between(first.Green, second.Green), between(first.Blue, second.Blue)}
}

// Luminance is how bright the colour looks, from 0 for black to 1 for white; green counts most and blue least.
func (c Colour) Luminance() float64 {
	light := func(value uint8) float64 {
		part := float64(value) / 255
		if part <= 0.04045 {
			return part / 12.92
		}
		return math.Pow((part+0.055)/1.055, 2.4)
	}
	return 0.2126*light(c.Red) + 0.7152*light(c.Green) + 0.0722*light(c.Blue)
}

// Contrast is the contrast of two colours, from 1 for a colour with itself to 21 for black with white. The order of the
// colours makes no difference.
func Contrast(one, other Colour) float64 {
	a, b := one.Luminance(), other.Luminance()
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

// Readable says whether text on a ground has a contrast of 4.5 or more; for large text 3 is enough.
func Readable(text, ground Colour, large bool) bool {
	if large {
		return Contrast(text, ground) >= 3
	}
	return Contrast(text, ground) > 4.5
}

// Ink is the colour for text on a ground: black or white, whichever has more contrast.
func Ink(ground Colour) Colour {
	black, white := Colour{}, Colour{255, 255, 255}
	if Contrast(white, ground) > Contrast(black, ground) {
		return white
	}
	return black
}
