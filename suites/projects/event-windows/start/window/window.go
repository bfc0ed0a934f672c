// Package window sums up events by time.
package window

import "windows/event"

// Plan is how events are put together.
type Plan struct {
	Kind     string // tumbling, sliding or session
	Length   int64  // of a window; for sessions, of the pause that ends one
	Step     int64  // from one sliding window to the next
	Lateness int64  // for which events are waited for
}

// Result is what a window held.
type Result struct {
	Key         string
	Begin, End  int64
	Count       int
	Sum         int64
	Min, Max    int64
	First, Last int64
}

// Aggregator holds the windows that are open.
type Aggregator struct {
}

// New makes an aggregator that has seen nothing.
func New(p Plan) (*Aggregator, error) {
	panic("not written")
}

// Add takes an event in and closes windows.
func (a *Aggregator) Add(e event.Event) []Result {
	panic("not written")
}

// Flush closes all windows.
func (a *Aggregator) Flush() []Result {
	panic("not written")
}

// Open is how many windows are open.
func (a *Aggregator) Open() int {
	panic("not written")
}

// Dropped is how many events came too late for all of their windows.
func (a *Aggregator) Dropped() int {
	panic("not written")
}
