// Package limiter keeps a bucket or a window for every client.
package limiter

import (
	"ratelimit/bucket"
	"ratelimit/window"
	"slices"
	"sync"
)

// Rule is how a client is limited.
type Rule struct {
	Kind  string // bucket, window; everything else is no limit
	Limit int
	Span  int64 // milliseconds
}

type state struct {
	bucket  *bucket.Bucket
	window  *window.Window
	refused int
}

// Limiter decides for many clients.
type Limiter struct {
	lock    sync.RWMutex
	rules   map[string]Rule
	general Rule
	most    int
	own     map[string]*state
	others  map[string]*state
	order   []string // of the others, the one asked for last at the end
}

// New makes a limiter that has seen nobody.
func New(rules map[string]Rule, fallback Rule, clients int) *Limiter {
	return &Limiter{rules: rules, general: fallback, most: clients, own: map[string]*state{}, others: map[string]*state{}}
}

func fresh(rule Rule) *state {
	s := &state{}
	if rule.Kind == "bucket" {
		s.bucket = bucket.New(rule.Limit, rule.Limit, rule.Span)
	}
	if rule.Kind == "window" {
		s.window = window.New(rule.Limit, rule.Span)
	}
	return s
}

func (s *state) allow(now int64, n int) bool {
	if s.bucket != nil {
		return s.bucket.Allow(now, n)
	}
	return s.window == nil || s.window.Allow(now, n)
}

func (s *state) wait(now int64, n int) int64 {
	if s.bucket != nil {
		return s.bucket.Wait(now, n)
	}
	if s.window != nil {
		return s.window.Wait(now, n)
	}
	return 0
}

// Allow says whether n requests of a client may pass now.
func (l *Limiter) Allow(name string, now int64, n int) bool {
	l.lock.Lock()
	defer l.lock.Unlock()
	s := l.touch(name)
	passes := s.allow(now, n)
	if !passes {
		s.refused += max(1, n)
	}
	return passes
}

// Wait asks without changing anything.
func (l *Limiter) Wait(name string, now int64, n int) int64 {
	l.lock.Lock()
	defer l.lock.Unlock()
	s := l.seen(name)
	if s == nil {
		rule, ok := l.rules[name]
		if !ok {
			rule = l.general
		}
		s = fresh(rule)
	}
	return s.wait(now, n)
}

// Refused is how many requests of a client were refused.
func (l *Limiter) Refused(name string) int {
	l.lock.RLock()
	defer l.lock.RUnlock()
	if s := l.seen(name); s != nil {
		return s.refused
	}
	return 0
}

// Reset makes a client new.
func (l *Limiter) Reset(name string) {
	l.lock.Lock()
	defer l.lock.Unlock()
	delete(l.own, name)
	l.drop(name)
}

func (l *Limiter) seen(name string) *state {
	if s := l.own[name]; s != nil {
		return s
	}
	return l.others[name]
}

func (l *Limiter) drop(name string) {
	delete(l.others, name)
	if at := slices.Index(l.order, name); at >= 0 {
		l.order = slices.Delete(l.order, at, at+1)
	}
}

func (l *Limiter) touch(name string) *state {
	s := l.seen(name)
	if rule, ok := l.rules[name]; ok {
		if s == nil {
			s = fresh(rule)
			l.own[name] = s
		}
		return s
	}
	if s == nil {
		s = fresh(l.general)
	}
	l.drop(name)
	l.others[name] = s
	l.order = append(l.order, name)
	if len(l.order) > l.most {
		l.drop(l.order[0])
	}
	return s
}
