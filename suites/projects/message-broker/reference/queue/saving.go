package queue

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
)

type saved struct {
	Last          int64
	Subscriptions []savedSubscription
}

type savedSubscription struct {
	subscription
	Messages []*message
}

// Save writes everything down.
func (b *Broker) Save(now int64) []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	state := saved{Last: b.last}
	for _, s := range b.ordered {
		b.expire(s, now)
		one := savedSubscription{subscription: subscription{Name: s.Name, Pattern: s.Pattern, Dropped: s.Dropped, Dead: s.Dead}}
		for _, m := range s.all {
			if !m.gone {
				one.Messages = append(one.Messages, m)
			}
		}
		state.Subscriptions = append(state.Subscriptions, one)
	}
	text, err := json.Marshal(state)
	if err != nil {
		panic(err) // numbers and text can be written
	}
	sum := sha256.Sum256(text)
	return append(sum[:], text...)
}

// Load makes the broker again that was saved.
func Load(o Options, data []byte) (*Broker, error) {
	damaged := errors.New("damaged")
	if len(data) < sha256.Size {
		return nil, damaged
	}
	sum := sha256.Sum256(data[sha256.Size:])
	var state saved
	if !bytes.Equal(sum[:], data[:sha256.Size]) || json.Unmarshal(data[sha256.Size:], &state) != nil {
		return nil, damaged
	}
	b := New(o)
	b.last = state.Last
	for _, one := range state.Subscriptions {
		s := newSubscription(one.Name, one.Pattern)
		s.Dropped, s.Dead = one.Dropped, one.Dead
		for _, m := range one.Messages {
			s.restore(m)
			if m.Receipt != "" {
				b.receipts[m.Receipt] = lease{s, m}
			}
		}
		b.add(s)
	}
	return b, nil
}

// restore puts a message back as it was.
func (s *subscription) restore(m *message) {
	s.held++
	s.all = append(s.all, m)
	if m.Key != "" {
		s.lanes[m.Key] = append(s.lanes[m.Key], m)
		if len(s.lanes[m.Key]) > 1 {
			return
		}
	}
	if m.Receipt != "" || m.Until != 0 {
		s.waitUntil(m, m.Until)
	} else {
		s.offer(m)
	}
}
