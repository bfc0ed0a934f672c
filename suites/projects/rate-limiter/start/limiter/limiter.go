// Package limiter keeps a bucket or a window for every client.
package limiter

// Rule is how a client is limited.
type Rule struct {
	Kind  string // bucket, window; everything else is no limit
	Limit int
	Span  int64 // milliseconds
}

// Limiter decides for many clients.
type Limiter struct {
}

// New makes a limiter that has seen nobody.
func New(rules map[string]Rule, fallback Rule, clients int) *Limiter {
	panic("not written")
}

// Allow says whether n requests of a client may pass now.
func (l *Limiter) Allow(client string, now int64, n int) bool {
	panic("not written")
}

// Refused is how many requests of a client were refused.
func (l *Limiter) Refused(client string) int {
	panic("not written")
}
