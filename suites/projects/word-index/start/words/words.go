// Package words takes texts apart.
package words

import (
	"strings"
	"unicode"
)

// Split has the words of a text in order, in lower case: runs of letters and digits.
func Split(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}
