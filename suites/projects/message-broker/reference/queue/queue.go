// Package queue keeps messages until those who subscribed have dealt with them.
package queue

import (
	"broker/topic"
	"fmt"
	"sync"
)

// Options are the same for all subscriptions.
type Options struct {
	Lease int64 // milliseconds
	Tries int   // at least 1
	Most  int   // messages in a subscription; 0 is no bound
}

// Delivery is a message that was handed out.
type Delivery struct {
	Number  int64
	Topic   string
	Key     string
	Body    string
	Try     int
	Receipt string
}

// Dead is a message that nobody could deal with.
type Dead struct {
	Number int64
	Why    string
}

// Broker keeps the messages of all subscriptions.
type Broker struct {
	mu       sync.Mutex
	options  Options
	last     int64
	byName   map[string]*subscription
	ordered  []*subscription
	receipts map[string]lease
}

type lease struct {
	of      *subscription
	message *message
}

// New makes a broker without subscriptions.
func New(o Options) *Broker {
	return &Broker{options: o, byName: map[string]*subscription{}, receipts: map[string]lease{}}
}

// Subscribe makes a subscription.
func (b *Broker) Subscribe(name, pattern string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := topic.Check(pattern); err != nil {
		return err
	}
	if s := b.byName[name]; s != nil {
		if s.Pattern != pattern {
			return fmt.Errorf("%s has the pattern %s", name, s.Pattern)
		}
		return nil
	}
	b.add(newSubscription(name, pattern))
	return nil
}

func (b *Broker) add(s *subscription) {
	b.byName[s.Name] = s
	b.ordered = append(b.ordered, s)
}

// Publish gives a message to all subscriptions that it fits.
func (b *Broker) Publish(now int64, topicName, key, body string) int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last++
	for _, s := range b.ordered {
		if !topic.Match(s.Pattern, topicName) {
			continue
		}
		b.expire(s, now)
		s.put(&message{Number: b.last, Topic: topicName, Key: key, Body: body})
		if b.options.Most > 0 && s.held > b.options.Most {
			s.drop()
		}
	}
	return b.last
}

// Receive hands out messages.
func (b *Broker) Receive(now int64, name string, most int) ([]Delivery, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.byName[name]
	if s == nil {
		return nil, fmt.Errorf("no subscription %s", name)
	}
	b.expire(s, now)
	var all []Delivery
	for len(all) < most {
		m := s.next()
		if m == nil {
			break
		}
		m.Tries++
		m.Receipt = fmt.Sprintf("%s/%d/%d", name, m.Number, m.Tries)
		b.receipts[m.Receipt] = lease{s, m}
		s.waitUntil(m, now+b.options.Lease)
		all = append(all, Delivery{m.Number, m.Topic, m.Key, m.Body, m.Tries, m.Receipt})
	}
	return all, nil
}

// Ack says that a message was dealt with.
func (b *Broker) Ack(now int64, receipt string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	l, holds := b.end(now, receipt)
	if holds {
		l.of.remove(l.message)
	}
	return holds
}

// Nack says that a message was not dealt with.
func (b *Broker) Nack(now int64, receipt string, delay int64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	l, holds := b.end(now, receipt)
	switch {
	case holds && l.message.Tries >= b.options.Tries:
		l.of.die(l.message, "refused")
	case holds:
		l.of.waitUntil(l.message, now+delay)
	}
	return holds
}

// end ends a lease that holds.
func (b *Broker) end(now int64, receipt string) (lease, bool) {
	if l, known := b.receipts[receipt]; known {
		b.expire(l.of, now)
	}
	l, holds := b.receipts[receipt]
	if holds {
		delete(b.receipts, receipt)
		l.message.Receipt = ""
	}
	return l, holds
}

// expire ends what ended until now: leases without an answer, and times for which messages were held back.
func (b *Broker) expire(s *subscription, now int64) {
	for m := s.due(now); m != nil; m = s.due(now) {
		leased := m.Receipt != ""
		delete(b.receipts, m.Receipt)
		m.Receipt = ""
		if leased && m.Tries >= b.options.Tries {
			s.die(m, "no answer")
		} else {
			s.offer(m)
		}
	}
}

// Dead has the messages of a subscription that died.
func (b *Broker) Dead(now int64, name string) []Dead {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.byName[name]
	if s == nil {
		return nil
	}
	b.expire(s, now)
	return append([]Dead(nil), s.Dead...)
}

// Held is how many messages a subscription holds.
func (b *Broker) Held(now int64, name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.byName[name]
	if s == nil {
		return 0
	}
	b.expire(s, now)
	return s.held
}

// Dropped is how many messages were too many.
func (b *Broker) Dropped(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	if s := b.byName[name]; s != nil {
		return s.Dropped
	}
	return 0
}
