// Package limiter keeps a bucket or a window for every client.
package limiter

import (
	"container/list"
	"ratelimit/bucket"
	"ratelimit/window"
	"sync"
)

// Rule is how a client is limited.
type Rule struct {
	Kind  string // bucket, window; everything else is no limit
	Limit int
	Span  int64 // milliseconds
}

// Limiter decides for many clients.
type Limiter struct {
	mu       sync.Mutex
	rules    map[string]Rule
	fallback Rule
	most     int
	clients  map[string]*client
	recent   *list.List // names of those under the fallback, the latest in front
}

// gate is what decides for one client.
type gate interface {
	Allow(now int64, n int) bool
	Wait(now int64, n int) int64
}

type client struct {
	gate    gate
	refused int
	place   *list.Element
}

type open struct{}

func (open) Allow(int64, int) bool { return true }

func (open) Wait(int64, int) int64 { return 0 }

// New makes a limiter that has seen nobody.
func New(rules map[string]Rule, fallback Rule, clients int) *Limiter {
	return &Limiter{rules: rules, fallback: fallback, most: clients, clients: map[string]*client{}, recent: list.New()}
}

// Allow says whether n requests of a client may pass now.
func (l *Limiter) Allow(name string, now int64, n int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := l.client(name)
	if c.gate.Allow(now, n) {
		return true
	}
	c.refused += max(n, 1)
	return false
}

// Refused is how many requests of a client were refused.
func (l *Limiter) Refused(name string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if c := l.clients[name]; c != nil {
		return c.refused
	}
	return 0
}

// Wait is the number of milliseconds until n requests of a client may pass; -1 if they never may.
func (l *Limiter) Wait(name string, now int64, n int) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	if c := l.clients[name]; c != nil {
		return c.gate.Wait(now, n)
	}
	rule, _ := l.rule(name)
	return newGate(rule).Wait(now, n)
}

// Reset forgets a client.
func (l *Limiter) Reset(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if c := l.clients[name]; c != nil && c.place != nil {
		l.recent.Remove(c.place)
	}
	delete(l.clients, name)
}

// rule is that of a client, and whether it is its own.
func (l *Limiter) rule(name string) (Rule, bool) {
	if rule, own := l.rules[name]; own {
		return rule, true
	}
	return l.fallback, false
}

func (l *Limiter) client(name string) *client {
	c := l.clients[name]
	if c != nil {
		if c.place != nil {
			l.recent.MoveToFront(c.place)
		}
		return c
	}
	rule, own := l.rule(name)
	c = &client{gate: newGate(rule)}
	l.clients[name] = c
	if !own {
		c.place = l.recent.PushFront(name)
		if l.recent.Len() > l.most {
			last := l.recent.Remove(l.recent.Back()).(string)
			delete(l.clients, last)
		}
	}
	return c
}

func newGate(rule Rule) gate {
	switch rule.Kind {
	case "bucket":
		return bucket.New(rule.Limit, rule.Limit, rule.Span)
	case "window":
		return window.New(rule.Limit, rule.Span)
	}
	return open{}
}
