// Package wrap breaks text into lines of words.
package wrap

import (
	"strings"
	"unicode/utf8"
)

// Width is the number of characters that a line has at most if nothing else is said.
const Width = 72

// Wrapper says how text is broken. Its zero value is ready to use, and several goroutines may use one.
type Wrapper struct {
	// Width is the number of characters that a line has at most; 0 stands for the constant Width.
	Width int
	// Prefix stands in front of every line, and counts.
	Prefix string
}

// Text breaks a text into lines of at most Width characters.
func Text(text string) string {
	return Wrapper{}.Wrap(text)
}

// Wrap breaks a text into lines. It panics if the width is below 0.
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
