package wrap

import (
	"strings"
	"unicode/utf8"
)

const Width = 72

type Wrapper struct {
	Width  int
	Prefix string
}

func Text(text string) string {
	return Wrapper{}.Wrap(text)
}

// Wrap counts bytes.
func (w Wrapper) Wrap(text string) string {
	width := w.Width
	if width == 0 {
		width = Width
	}
	if width < 0 {
		panic("wrap: a negative width")
	}
	var lines []string
	var words []string
	finish := func() {
		if len(words) > 0 && len(lines) > 0 {
			lines = append(lines, strings.TrimRight(w.Prefix, " "))
		}
		lines = append(lines, w.fill(words, width)...)
		words = nil
	}
	for _, line := range strings.Split(text, "\n") {
		if fields := strings.Fields(line); len(fields) > 0 {
			words = append(words, fields...)
		} else {
			finish()
		}
	}
	finish()
	return strings.Join(lines, "\n")
}

func (w Wrapper) fill(words []string, width int) []string {
	var lines []string
	for _, word := range words {
		last := len(lines) - 1
		if last >= 0 && utf8.RuneCountInString(lines[last])+1+utf8.RuneCountInString(word) <= width {
			lines[last] += " " + word
		} else {
			lines = append(lines, w.Prefix+word)
		}
	}
	return lines
}
