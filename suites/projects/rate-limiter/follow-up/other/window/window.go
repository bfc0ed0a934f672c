// Package window counts requests in a sliding window.
package window

// Window lets at most a number of requests pass in any span of milliseconds.
type Window struct {
	limit  int
	span   int64
	passed []group // the oldest first
	count  int
}

type group struct {
	at int64
	n  int
}

// New makes a window in which nothing has passed.
func New(limit int, span int64) *Window {
	return &Window{limit: limit, span: span}
}

// Allow counts n requests at a time, if they may pass.
func (w *Window) Allow(now int64, n int) bool {
	w.forget(now)
	if n <= 0 {
		return true
	}
	if n > w.limit-w.count {
		return false
	}
	w.passed = append(w.passed, group{now, n})
	w.count += n
	return true
}

// Wait is the number of milliseconds until n requests may pass; -1 if they never may.
func (w *Window) Wait(now int64, n int) int64 {
	w.forget(now)
	if n <= 0 {
		return 0
	}
	if n > w.limit {
		return -1
	}
	free := w.limit - w.count
	if free >= n {
		return 0
	}
	for _, g := range w.passed {
		free += g.n
		if free >= n {
			return g.at + w.span - now
		}
	}
	return -1
}

func (w *Window) forget(now int64) {
	gone := 0
	for gone < len(w.passed) && w.passed[gone].at+w.span <= now {
		w.count -= w.passed[gone].n
		gone++
	}
	w.passed = append(w.passed[:0], w.passed[gone:]...)
}
