// Package morse writes texts in Morse code, reads them, and says how long they take to send.
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

// Unknown is the error for what has no code, or is none.
type Unknown struct {
	// Text is the character or the code in question.
	Text string
	// At is its position: for Encode that of the character, for Decode that of the code. The first one is 1.
	At int
}

// Error says what is unknown, and where.
func (u *Unknown) Error() string {
	return fmt.Sprintf("%q at %d is unknown", u.Text, u.At)
}

// Encode writes a text in Morse code: a space between letters, " / " between words. Only the letters A to Z, in upper
// or lower case, and digits have a code; with any other character the error is an *Unknown and there is no text.
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

// Decode reads what Encode writes. Letters come out as capitals. Where a code stands for nothing the error is an
// *Unknown; its position counts the codes, and the slashes between words with them.
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

// Units is how long code takes to send, in the length of a dot: 1 for a dot, 3 for a dash, 1 for the silence within a
// letter, 3 between letters and more between words. There is no silence after the last letter.
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
