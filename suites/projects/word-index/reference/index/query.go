package index

import (
	"errors"
	"strings"
	"unicode"
	"wordindex/words"
)

// part is a phrase, of which the last word may be a prefix.
type part struct {
	words   []string
	prefix  bool
	without bool // documents with it are left out
}

// parse takes a query apart into parts with words.
func parse(query string) ([]part, error) {
	var parts []part
	wanted := 0
	for rest := strings.TrimSpace(query); rest != ""; rest = strings.TrimSpace(rest) {
		var p part
		var text string
		rest, p.without = strings.CutPrefix(rest, "-")
		if quoted, is := strings.CutPrefix(rest, `"`); is {
			var closed bool
			if text, rest, closed = strings.Cut(quoted, `"`); !closed {
				return nil, errors.New("quotation mark is not closed")
			}
		} else {
			end := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || r == '"' })
			if end < 0 {
				end = len(rest)
			}
			text, rest = rest[:end], rest[end:]
			p.prefix = strings.HasSuffix(text, "*")
		}
		if p.words = words.Split(text); len(p.words) == 0 {
			continue
		}
		parts = append(parts, p)
		if !p.without {
			wanted++
		}
	}
	if wanted == 0 {
		return nil, errors.New("nothing to look for")
	}
	return parts, nil
}
