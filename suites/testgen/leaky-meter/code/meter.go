// Package meter limits use: what is added leaks away with time.
package meter

import "errors"

var (
	// ErrInvalid says that a number is too small.
	ErrInvalid = errors.New("the number is too small")
	// ErrClock says that the time went back.
	ErrClock = errors.New("the time went back")
)

// Meter holds units that leak.
type Meter struct {
	capacity, rate int
	level, last    int
}

// New makes an empty meter.
func New(capacity, rate int) (*Meter, error) {
	if capacity < 1 || rate < 1 {
		return nil, ErrInvalid
	}
	return &Meter{capacity: capacity, rate: rate}, nil
}

// Add adds units if they fit.
func (m *Meter) Add(now, units int) (bool, error) {
	if units < 1 {
		return false, ErrInvalid
	}
	if now < m.last {
		return false, ErrClock
	}
	m.level, m.last = m.Level(now), now
	if m.level+units > m.capacity {
		return false, nil
	}
	m.level += units
	return true, nil
}

// Level is how much is left at a time.
func (m *Meter) Level(now int) int {
	if now <= m.last {
		return m.level
	}
	return max(0, m.level-(now-m.last)*m.rate)
}

// Wait is how long it takes until units fit.
func (m *Meter) Wait(now, units int) int {
	if units > m.capacity {
		return -1
	}
	over := m.Level(now) + units - m.capacity
	if over <= 0 {
		return 0
	}
	return (over + m.rate - 1) / m.rate
}
