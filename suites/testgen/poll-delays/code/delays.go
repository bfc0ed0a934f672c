// Package delays decides when something is tried again.
package delays

import (
	"errors"
	"fmt"
)

// ErrPlan says that a plan cannot be followed.
var ErrPlan = errors.New("the plan cannot be followed")

// Plan says how long to wait, in milliseconds.
type Plan struct {
	First, Factor, Most, Tries int
}

// String shows a plan.
func (p Plan) String() string {
	return fmt.Sprintf("%d ms × %d up to %d ms, %d tries", p.First, p.Factor, p.Most, p.Tries)
}

// Valid tells what is wrong with a plan.
func (p Plan) Valid() error {
	if p.First < 1 || p.Tries < 1 || p.Factor < 1 || p.Most < p.First {
		return ErrPlan
	}
	return nil
}

// Delay is how long to wait after a failure.
func (p Plan) Delay(n int) (int, bool) {
	if n < 1 || n >= p.Tries {
		return 0, false
	}
	delay := p.First
	for range n - 1 {
		delay = min(delay*p.Factor, p.Most)
	}
	return delay, true
}

// Total is the sum of all delays.
func (p Plan) Total() int {
	sum := 0
	for n := 1; ; n++ {
		delay, ok := p.Delay(n)
		if !ok {
			break
		}
		sum += delay
	}
	return sum
}

// After is the delay, or longer where a server wants it.
func (p Plan) After(n, hint int) (int, bool) {
	delay, ok := p.Delay(n)
	if !ok {
		return 0, false
	}
	return max(delay, hint), true
}

// Budget is how many tries fit into a time.
func (p Plan) Budget(limit int) int {
	tries, sum := 1, 0
	for {
		delay, ok := p.Delay(tries)
		if !ok || sum+delay > limit {
			return tries
		}
		sum += delay
		tries++
	}
}
