// Package bucket is a token bucket with whole tokens.
package bucket

// Bucket holds up to a number of tokens and gains some of them every span.
type Bucket struct {
	size   int64
	rate   int64 // tokens a span
	span   int64 // milliseconds
	filled int64 // tokens × span
	last   int64
	used   bool
}

// New makes a full bucket that gains rate tokens a span of milliseconds.
func New(size, rate int, span int64) *Bucket {
	return &Bucket{size: int64(size), rate: int64(rate), span: span, filled: int64(size) * span}
}

// Wait is the number of milliseconds until n tokens are there; -1 if they never are.
func (b *Bucket) Wait(now int64, n int) int64 {
	if n <= 0 {
		return 0
	}
	lacking := int64(n)*b.span - b.level(now)
	switch {
	case lacking <= 0:
		return 0
	case int64(n) > b.size || b.rate <= 0:
		return -1
	}
	return (lacking + b.rate - 1) / b.rate
}

func (b *Bucket) level(now int64) int64 {
	if !b.used {
		return b.filled
	}
	return min(b.size*b.span, b.filled+(now-b.last)*b.rate)
}

// Allow takes n tokens, if there are as many.
func (b *Bucket) Allow(now int64, n int) bool {
	b.filled = b.level(now)
	b.last, b.used = now, true
	if n <= 0 {
		return true
	}
	if b.filled < int64(n)*b.span {
		return false
	}
	b.filled -= int64(n) * b.span
	return true
}
