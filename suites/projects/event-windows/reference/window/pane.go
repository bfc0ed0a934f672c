package window

import (
	"cmp"
	"windows/event"
)

// pane is a window that is open.
type pane struct {
	Result
	firstAt, lastAt int64
	closed          bool
}

func (p *pane) add(e event.Event) {
	if p.Count == 0 {
		p.Min, p.Max = e.Value, e.Value
	}
	if p.Count == 0 || e.Time < p.firstAt {
		p.First, p.firstAt = e.Value, e.Time
	}
	if p.Count == 0 || e.Time >= p.lastAt {
		p.Last, p.lastAt = e.Value, e.Time
	}
	p.Count++
	p.Sum += e.Value
	p.Min, p.Max = min(p.Min, e.Value), max(p.Max, e.Value)
}

// merged is a session of two, the earlier of which is a.
func merged(a, b *pane) *pane {
	return &pane{
		Result: Result{
			Key: a.Key, Begin: a.Begin, End: b.End, Count: a.Count + b.Count, Sum: a.Sum + b.Sum,
			Min: min(a.Min, b.Min), Max: max(a.Max, b.Max), First: a.First, Last: b.Last,
		},
		firstAt: a.firstAt,
		lastAt:  b.lastAt,
	}
}

// with is a session that has one event more.
func (p *pane) with(e event.Event, own *pane) *pane {
	joined := *p
	joined.closed = false
	joined.add(e)
	joined.Begin, joined.End = min(p.Begin, own.Begin), max(p.End, own.End)
	return &joined
}

type ending struct {
	at int64
	of *pane
}

type ends []ending

func (h ends) Len() int { return len(h) }
func (h ends) Less(i, j int) bool {
	a, b := h[i].of, h[j].of
	return cmp.Or(cmp.Compare(h[i].at, h[j].at), cmp.Compare(a.Begin, b.Begin), cmp.Compare(a.Key, b.Key)) < 0
}
func (h ends) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *ends) Push(x any)   { *h = append(*h, x.(ending)) }
func (h *ends) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
