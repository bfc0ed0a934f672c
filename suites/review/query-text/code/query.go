package query

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// ErrSyntax says that a text cannot be decoded.
var ErrSyntax = errors.New("a % needs two hexadecimal digits behind it")

// Pair is a name with its value.
type Pair struct{ Name, Value string }

// Encode writes pairs.
func Encode(pairs []Pair) string {
	parts := []string{}
	for _, pair := range pairs {
		parts = append(parts, escape(pair.Name)+"="+escape(pair.Value))
	}
	return strings.Join(parts, "&")
}

// Decode reads pairs.
func Decode(text string) ([]Pair, error) {
	pairs := []Pair{}
	for _, part := range strings.Split(text, "&") {
		if part == "" {
			continue
		}
		name, value, _ := strings.Cut(part, "=")
		name, err := unescape(name)
		if err != nil {
			return nil, err
		}
		if value, err = unescape(value); err != nil {
			return nil, err
		}
		pairs = append(pairs, Pair{name, value})
	}
	return pairs, nil
}

// Quote makes a word for a shell.
func Quote(text string) string {
	// within '…' nothing but ' itself means anything
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

func escape(text string) string {
	var out strings.Builder
	for i := range len(text) {
		c := text[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("-._~", c) >= 0:
			out.WriteByte(c)
		case c == ' ':
			out.WriteByte('+')
		default:
			fmt.Fprintf(&out, "%%%02X", c)
		}
	}
	return out.String()
}

func unescape(text string) (string, error) {
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '+':
			out.WriteByte(' ')
		case '%':
			if i+2 >= len(text) {
				return "", ErrSyntax
			}
			// 8 bits: two digits always fit
			value, err := strconv.ParseUint(text[i+1:i+3], 16, 8)
			if err != nil || text[i+1] == '+' {
				return "", ErrSyntax
			}
			out.WriteByte(byte(value))
			i += 2
		default:
			out.WriteByte(text[i])
		}
	}
	return out.String(), nil
}
