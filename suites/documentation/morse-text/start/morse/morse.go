package morse

import (
	"fmt"
	"strings"
)

var codes = map[rune]string{
	'A': ".-", 'B': "-...", 'C': "-.-.", 'D': "-..", 'E': ".", 'F': "..-.", 'G': "--.", 'H': "....", 'I': "..",
	'J': ".---", 'K': "-.-", 'L': ".-..", 'M': "--", 'N': "-.", 'O': "---", 'P': ".--.", 'Q': "--.-", 'R': ".-.",
	'S': "...", 'T': "-", 'U': "..-", 'V': "...-", 'W': ".--", 'X': "-..-", 'Y': "-.--", 'Z': "--..",
	'0': "-----", '1': ".----", '2': "..---", '3': "...--", '4': "....-", '5': ".....", '6': "-....", '7': "--...",
	'8': "---..", '9': "----.",
}

type Unknown struct {
	Text string
	// At counts from 0.
	At int
}

func (u *Unknown) Error() string {
	return fmt.Sprintf("%q at %d is unknown", u.Text, u.At)
}

func Encode(text string) (string, error) {
	var words, letters []string
	for at, sign := range []rune(text + " ") {
		code, ok := codes[capital(sign)]
		switch {
		case ok:
			letters = append(letters, code)
		case strings.ContainsRune(" \t\n", sign):
			if letters != nil {
				words = append(words, strings.Join(letters, " "))
			}
			letters = nil
		default:
			return "", &Unknown{string(sign), at + 1}
		}
	}
	return strings.Join(words, " / "), nil
}

func Decode(code string) (string, error) {
	var text strings.Builder
	for at, part := range strings.Fields(code) {
		sign, ok := read(part)
		if !ok {
			return "", &Unknown{part, at + 1}
		}
		text.WriteRune(sign)
	}
	return text.String(), nil
}

func capital(sign rune) rune {
	if 'a' <= sign && sign <= 'z' {
		return sign - 'a' + 'A'
	}
	return sign
}

func read(part string) (rune, bool) {
	if part == "/" {
		return ' ', true
	}
	for sign, code := range codes {
		if code == part {
			return sign, true
		}
	}
	return 0, false
}

func Units(code string) int {
	units := 0
	for _, word := range strings.Split(code, " / ") {
		for _, letter := range strings.Fields(word) {
			units += 2*strings.Count(letter, ".") + 4*strings.Count(letter, "-") + 2
		}
		units += 4
	}
	return max(0, units-7)
}
