// Package window counts requests in a sliding window.
package window

// Window lets at most a number of requests pass in any span of milliseconds.
type Window struct {
}

// New makes a window in which nothing has passed.
func New(limit int, span int64) *Window {
	panic("not written")
}

// Allow counts n requests at a time, if they may pass.
func (w *Window) Allow(now int64, n int) bool {
	panic("not written")
}

// Wait is the number of milliseconds until n requests may pass; -1 if they never may.
func (w *Window) Wait(now int64, n int) int64 {
	panic("not written")
}
