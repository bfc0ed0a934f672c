// Package timers keeps alarms on a clock that the caller moves.
package timers

import (
	"cmp"
	"errors"
	"slices"
)

var (
	// ErrPeriod says that a number is too small.
	ErrPeriod = errors.New("period below 1")
	// ErrNone says that there is no such alarm.
	ErrNone = errors.New("no such alarm")
)

// Fired is an alarm that went off.
type Fired struct {
	Number int
	Name   string
	Time   int
}

type alarm struct {
	Fired
	period int // 0: it does not come back
}

// Clock has alarms; the zero clock stands at 0.
type Clock struct {
	now, last int
	alarms    []alarm // in the order in which they go off
}

// At sets an alarm.
func (c *Clock) At(time int, name string) int {
	return c.set(time, 0, name)
}

// Every sets an alarm that comes back.
func (c *Clock) Every(first, period int, name string) (int, error) {
	if period < 1 {
		return 0, ErrPeriod
	}
	return c.set(first, period, name), nil
}

func (c *Clock) set(time, period int, name string) int {
	c.last++
	c.insert(alarm{Fired{c.last, name, time}, period})
	return c.last
}

func (c *Clock) insert(added alarm) {
	at, _ := slices.BinarySearchFunc(c.alarms, added, func(a, b alarm) int {
		return cmp.Or(cmp.Compare(a.Time, b.Time), cmp.Compare(a.Number, b.Number))
	})
	c.alarms = slices.Insert(c.alarms, at, added)
}

// Advance moves the clock on.
func (c *Clock) Advance(now int) []Fired {
	if now < c.now {
		return nil
	}
	c.now = now
	var fired []Fired
	for len(c.alarms) > 0 && c.alarms[0].Time <= now {
		first := c.alarms[0]
		c.alarms = c.alarms[1:]
		fired = append(fired, first.Fired)
		if first.period > 0 {
			first.Time += first.period
			c.insert(first)
		}
	}
	return fired
}

// Cancel takes an alarm away.
func (c *Clock) Cancel(number int) bool {
	_, there := c.remove(number)
	return there
}

// Snooze moves an alarm.
func (c *Clock) Snooze(number, by int) error {
	if by < 1 {
		return ErrPeriod
	}
	moved, there := c.remove(number)
	if !there {
		return ErrNone
	}
	moved.Time += by
	c.insert(moved)
	return nil
}

// Next is when the next alarm goes off.
func (c *Clock) Next() (int, bool) {
	if len(c.alarms) == 0 {
		return 0, false
	}
	return max(c.now, c.alarms[0].Time), true
}

// Pending is how many alarms are to come.
func (c *Clock) Pending() int {
	return len(c.alarms)
}

func (c *Clock) remove(number int) (alarm, bool) {
	at := slices.IndexFunc(c.alarms, func(each alarm) bool { return each.Number == number })
	if at < 0 {
		return alarm{}, false
	}
	removed := c.alarms[at]
	c.alarms = slices.Delete(c.alarms, at, at+1)
	return removed, true
}
