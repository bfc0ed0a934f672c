package queue

import "container/heap"

type message struct {
	Number  int64
	Topic   string
	Key     string
	Body    string
	Tries   int
	Receipt string // of the lease that holds
	Until   int64  // when the lease ends, or from when it is available

	waits bool // for Until
	gone  bool
}

// subscription holds messages in lanes: one for each key, and one for each message without a key. Only the first of a
// lane is ever available, leased or held back.
type subscription struct {
	Name    string
	Pattern string
	Dropped int
	Dead    []Dead

	held  int
	all   []*message // by number, with some that are gone
	lanes map[string][]*message
	ready byNumber
	waits byTime
}

func newSubscription(name, pattern string) *subscription {
	return &subscription{Name: name, Pattern: pattern, lanes: map[string][]*message{}}
}

// put adds a message behind all others.
func (s *subscription) put(m *message) {
	s.held++
	s.all = append(s.all, m)
	if m.Key != "" {
		lane := append(s.lanes[m.Key], m)
		s.lanes[m.Key] = lane
		if len(lane) > 1 {
			return
		}
	}
	s.offer(m)
}

// offer makes the first of a lane available.
func (s *subscription) offer(m *message) {
	m.waits, m.Until = false, 0
	heap.Push(&s.ready, m)
}

// next takes the available message with the lowest number, nil without one.
func (s *subscription) next() *message {
	for len(s.ready) > 0 {
		if m := heap.Pop(&s.ready).(*message); !m.gone {
			return m
		}
	}
	return nil
}

func (s *subscription) waitUntil(m *message, at int64) {
	m.waits, m.Until = true, at
	heap.Push(&s.waits, timer{at, m})
}

// due takes a message whose time has come, the earliest first; nil without one.
func (s *subscription) due(now int64) *message {
	for len(s.waits) > 0 && s.waits[0].at <= now {
		t := heap.Pop(&s.waits).(timer)
		if t.of.waits && t.of.Until == t.at && !t.of.gone {
			t.of.waits = false
			return t.of
		}
	}
	return nil
}

func (s *subscription) die(m *message, why string) {
	s.Dead = append(s.Dead, Dead{m.Number, why})
	s.remove(m)
}

// remove takes a message out, and makes the next one of its lane available if it was the first.
func (s *subscription) remove(m *message) {
	m.gone = true
	s.held--
	if lane := s.lanes[m.Key]; m.Key != "" && lane[0] == m {
		for len(lane) > 0 && lane[0].gone {
			lane = lane[1:]
		}
		s.lanes[m.Key] = lane
		if len(lane) > 0 {
			s.offer(lane[0])
		} else {
			delete(s.lanes, m.Key)
		}
	}
	for len(s.all) > 0 && s.all[0].gone {
		s.all = s.all[1:]
	}
}

// drop takes the first message out that is not leased.
func (s *subscription) drop() {
	for _, m := range s.all {
		if !m.gone && m.Receipt == "" {
			s.Dropped++
			s.remove(m)
			return
		}
	}
}

type byNumber []*message

func (h byNumber) Len() int           { return len(h) }
func (h byNumber) Less(i, j int) bool { return h[i].Number < h[j].Number }
func (h byNumber) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *byNumber) Push(x any)        { *h = append(*h, x.(*message)) }
func (h *byNumber) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

type timer struct {
	at int64
	of *message
}

type byTime []timer

func (h byTime) Len() int { return len(h) }
func (h byTime) Less(i, j int) bool {
	if h[i].at != h[j].at {
		return h[i].at < h[j].at
	}
	return h[i].of.Number < h[j].of.Number
}
func (h byTime) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *byTime) Push(x any)   { *h = append(*h, x.(timer)) }
func (h *byTime) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
