// Package fold fits texts into lines.
package fold

import (
	"strings"
	"unicode/utf8"
)

// Lines breaks a text into lines.
func Lines(text string, width int) []string {
	if width < 1 {
		return nil
	}
	lines := []string{}
	for _, paragraph := range strings.Split(text, "\n") {
		lines = append(lines, broken(paragraph, width)...)
	}
	return lines
}

func broken(paragraph string, width int) []string {
	lines := []string{}
	line := ""
	for _, word := range strings.Fields(paragraph) {
		if length(word) > width && line != "" {
			lines = append(lines, line)
			line = ""
		}
		for length(word) > width {
			letters := []rune(word)
			lines = append(lines, string(letters[:width]))
			word = string(letters[width:])
		}
		switch {
		case line == "":
			line = word
		case length(line)+1+length(word) <= width:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	return append(lines, line)
}

// Center puts a line into the middle.
func Center(line string, width int) string {
	free := width - length(line)
	if free < 1 {
		return line
	}
	return strings.Repeat(" ", free/2) + line
}

// Shorten leaves out the end of a text that is too long.
func Shorten(text string, width int) string {
	if width < 1 {
		return ""
	}
	if length(text) <= width {
		return text
	}
	kept := string([]rune(text)[:width-1])
	return strings.TrimRight(kept, " ") + "…"
}

func length(text string) int {
	return utf8.RuneCountInString(text)
}
