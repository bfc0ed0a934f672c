package tint

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

var ErrFormat = errors.New("not a colour")

type Colour struct {
	Red, Green, Blue uint8
}

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

func (c Colour) String() string {
	return fmt.Sprintf("#%02x%02x%02x", c.Red, c.Green, c.Blue)
}

// Mix panics if the share is below 0 or above 1.
func Mix(first, second Colour, share float64) Colour {
	share = min(max(share, 0), 1)
	between := func(a, b uint8) uint8 {
		return uint8(math.Round(float64(a) + (float64(b)-float64(a))*share))
	}
	return Colour{between(first.Red, second.Red), between(first.Green, second.Green), between(first.Blue, second.Blue)}
}

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

func Contrast(one, other Colour) float64 {
	a, b := one.Luminance(), other.Luminance()
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

func Readable(text, ground Colour, large bool) bool {
	if large {
		return Contrast(text, ground) >= 3
	}
	return Contrast(text, ground) >= 4.5
}

func Ink(ground Colour) Colour {
	black, white := Colour{}, Colour{255, 255, 255}
	if Contrast(white, ground) > Contrast(black, ground) {
		return white
	}
	return black
}
