// Package window sums up events by time.
package window

import (
	"cmp"
	"container/heap"
	"errors"
	"slices"
	"windows/event"
)

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
	plan    Plan
	open    map[string][]*pane // of a key, by begin
	closing ends
	count   int
	seen    bool
	highest int64
	dropped int
}

// New makes an aggregator that has seen nothing.
func New(p Plan) (*Aggregator, error) {
	bad := p.Length < 1 || p.Lateness < 0
	switch p.Kind {
	case "tumbling":
		p.Step = p.Length
	case "sliding":
		bad = bad || p.Step < 1 || p.Step > p.Length
	case "session":
	default:
		bad = true
	}
	if bad {
		return nil, errors.New("bad plan")
	}
	return &Aggregator{plan: p, open: map[string][]*pane{}}, nil
}

// Add takes an event in and closes windows.
func (a *Aggregator) Add(e event.Event) []Result {
	if !a.seen || e.Time > a.highest {
		a.seen, a.highest = true, e.Time
	}
	taken := false
	if a.plan.Kind == "session" {
		taken = a.join(e)
	} else {
		for begin := floor(e.Time, a.plan.Step); begin > e.Time-a.plan.Length; begin -= a.plan.Step {
			if begin+a.plan.Length > a.watermark() {
				a.pane(e.Key, begin).add(e)
				taken = true
			}
		}
	}
	if !taken {
		a.dropped++
	}
	return a.close(func(p *pane) bool { return p.End <= a.watermark() })
}

// Flush closes all windows.
func (a *Aggregator) Flush() []Result {
	return a.close(func(*pane) bool { return true })
}

// Open is how many windows are open.
func (a *Aggregator) Open() int { return a.count }

// Dropped is how many events came too late for all of their windows.
func (a *Aggregator) Dropped() int { return a.dropped }

func (a *Aggregator) watermark() int64 { return a.highest - a.plan.Lateness }

// pane is the open window of a key that begins there, a new one if there is none.
func (a *Aggregator) pane(key string, begin int64) *pane {
	panes := a.open[key]
	i, found := slices.BinarySearchFunc(panes, begin, byBegin)
	if !found {
		a.insert(i, &pane{Result: Result{Key: key, Begin: begin, End: begin + a.plan.Length}})
	}
	return a.open[key][i]
}

func (a *Aggregator) insert(i int, p *pane) {
	a.open[p.Key] = slices.Insert(a.open[p.Key], i, p)
	a.count++
	heap.Push(&a.closing, ending{p.End, p})
}

func (a *Aggregator) remove(p *pane) {
	p.closed = true
	a.count--
	panes := a.open[p.Key]
	i, _ := slices.BinarySearchFunc(panes, p.Begin, byBegin)
	if panes = slices.Delete(panes, i, i+1); len(panes) > 0 {
		a.open[p.Key] = panes
	} else {
		delete(a.open, p.Key)
	}
}

// join puts an event into a session; false if it is too late for any.
func (a *Aggregator) join(e event.Event) bool {
	own := &pane{Result: Result{Key: e.Key, Begin: e.Time, End: e.Time + a.plan.Length}}
	own.add(e)
	panes := a.open[e.Key]
	i, _ := slices.BinarySearchFunc(panes, e.Time, byBegin) // the first that begins at or after it
	var near []*pane
	if i > 0 && panes[i-1].End > e.Time {
		near = append(near, panes[i-1])
	}
	if i < len(panes) && panes[i].Begin < own.End {
		near = append(near, panes[i])
	}
	if len(near) == 0 {
		if own.End <= a.watermark() {
			return false
		}
		a.insert(i, own)
		return true
	}
	for _, p := range near {
		a.remove(p)
	}
	joined := near[0]
	if len(near) == 2 {
		joined = merged(near[0], near[1])
	}
	joined = joined.with(e, own)
	i, _ = slices.BinarySearchFunc(a.open[e.Key], joined.Begin, byBegin)
	a.insert(i, joined)
	return true
}

// close takes out the windows for which it is time, the earliest end first.
func (a *Aggregator) close(ended func(*pane) bool) []Result {
	var results []Result
	for len(a.closing) > 0 {
		first := a.closing[0].of
		if !first.closed && !ended(first) {
			break
		}
		heap.Pop(&a.closing)
		if !first.closed {
			a.remove(first)
			results = append(results, first.Result)
		}
	}
	return results
}

func byBegin(p *pane, begin int64) int { return cmp.Compare(p.Begin, begin) }

func floor(x, step int64) int64 {
	return x - ((x%step)+step)%step
}
