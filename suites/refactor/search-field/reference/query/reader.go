package query

import "strings"

// reader reads a text from its begin to its end.
type reader struct {
	text string
	at   int
}

func (r *reader) ended() bool {
	return r.at == len(r.text)
}

// stands tells whether one of these signs comes next.
func (r *reader) stands(signs string) bool {
	return !r.ended() && strings.IndexByte(signs, r.text[r.at]) >= 0
}

// take goes on behind one of these signs, if it comes next.
func (r *reader) take(signs string) bool {
	there := r.stands(signs)
	if there {
		r.at++
	}
	return there
}

// run goes on behind as many of these signs as come next.
func (r *reader) run(signs string) {
	for r.take(signs) {
	}
}

// until gives everything before the next of these signs.
func (r *reader) until(signs string) string {
	start := r.at
	for !r.ended() && !r.stands(signs) {
		r.at++
	}
	return r.text[start:r.at]
}
