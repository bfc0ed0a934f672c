package formula

import "strings"

// reader reads a formula from left to right.
type reader struct {
	text  string
	at    int
	names map[string]int
}

// peek is the next sign that is no space, or 0.
func (r *reader) peek() byte {
	for r.at < len(r.text) && r.text[r.at] == ' ' {
		r.at++
	}
	if r.at == len(r.text) {
		return 0
	}
	return r.text[r.at]
}

// take goes on behind the next sign if it is one of these, and gives it, or else 0.
func (r *reader) take(signs string) byte {
	next := r.peek()
	if next == 0 || strings.IndexByte(signs, next) < 0 {
		return 0
	}
	r.at++
	return next
}

// run goes on behind the signs from one to another that come next, and gives them.
func (r *reader) run(from, to byte) string {
	r.peek()
	start := r.at
	for r.at < len(r.text) && from <= r.text[r.at] && r.text[r.at] <= to {
		r.at++
	}
	return r.text[start:r.at]
}

func number(digits string) int {
	value := 0
	for _, digit := range digits {
		value = 10*value + int(digit-'0')
	}
	return value
}
