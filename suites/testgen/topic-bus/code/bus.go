// Package bus passes messages on.
package bus

import (
	"errors"
	"slices"
	"strings"
)

// Handler gets messages.
type Handler func(topic, text string) error

type sub struct {
	number  int
	pattern string
	handler Handler
	gone    bool
}

// Bus knows who gets which messages.
type Bus struct {
	subs []*sub
	last int
}

// New makes a bus without subscribers.
func New() *Bus { return &Bus{} }

// Subscribe adds a handler.
func (b *Bus) Subscribe(pattern string, handler Handler) int {
	b.last++
	b.subs = append(b.subs, &sub{b.last, pattern, handler, false})
	return b.last
}

// Unsubscribe takes a handler away.
func (b *Bus) Unsubscribe(number int) bool {
	for i, one := range b.subs {
		if one.number == number {
			one.gone = true
			b.subs = slices.Delete(slices.Clone(b.subs), i, i+1)
			return true
		}
	}
	return false
}

// Publish passes a message on.
func (b *Bus) Publish(topic, text string) (int, error) {
	called := 0
	var errs []error
	for _, one := range slices.Clone(b.subs) {
		if one.gone || !fits(one.pattern, topic) {
			continue
		}
		called++
		if err := one.handler(topic, text); err != nil {
			errs = append(errs, err)
		}
	}
	return called, errors.Join(errs...)
}

// Count is how many would get a message.
func (b *Bus) Count(topic string) int {
	count := 0
	for _, one := range b.subs {
		if fits(one.pattern, topic) {
			count++
		}
	}
	return count
}

func fits(pattern, topic string) bool {
	if pattern == "*" {
		return true
	}
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok && strings.HasSuffix(prefix, ".") {
		return strings.HasPrefix(topic, prefix) && topic != prefix
	}
	return pattern == topic
}
