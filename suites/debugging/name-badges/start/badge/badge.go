// Package badge writes names on badges.
package badge

import "strings"

// Width is how many letters a line of a badge has room for.
const Width = 12

// Titles are not printed, with or without a full stop behind them.
var Titles = []string{"Dr", "Prof", "Ms", "Mr"}

// Lines are the two lines of a badge: the first name, and all others. A name of one word stands on the first line.
func Lines(name string) (first, others string) {
	words := strings.Fields(WithoutTitles(name))
	if len(words) == 0 {
		return "", ""
	}
	return fitted(words[0]), fitted(strings.Join(words[1:], " "))
}

// WithoutTitles is a name without the titles in front of it, however many there are.
func WithoutTitles(name string) string {
	for {
		rest := strings.TrimSpace(name)
		for _, title := range Titles {
			rest = strings.TrimSpace(strings.TrimLeft(rest, title+"."))
		}
		if rest == name {
			return rest
		}
		name = rest
	}
}

// Initials are the first letters of the lines of a badge, as capitals.
func Initials(name string) string {
	initials := ""
	for _, word := range strings.Fields(WithoutTitles(name)) {
		for _, letter := range word {
			initials += strings.ToUpper(string(letter))
			break
		}
	}
	return initials
}

// fitted is a text that has room on a line: where it is too long, its end is left out, and a full stop stands for it.
func fitted(text string) string {
	if len(text) <= Width {
		return text
	}
	return strings.TrimSpace(text[:Width-1]) + "."
}
