package parallel

import (
	"maps"
	"sync"
	"sync/atomic"
)

// Map works on all items and keeps their order.
func Map[T, R any](workers int, items []T, work func(T) (R, error)) ([]R, error) {
	results := make([]R, len(items))
	errs := make([]error, len(items))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(workers, len(items)) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for {
				// Add gives the new value, so items are counted from 1
				at := int(next.Add(1)) - 1
				if at >= len(items) {
					return
				}
				results[at], errs[at] = work(items[at])
			}
		}()
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return results, nil
}

// Counter counts by name.
type Counter struct {
	mu     sync.Mutex
	counts map[string]int
}

// Add counts a name up.
func (c *Counter) Add(name string, by int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.counts == nil {
		c.counts = map[string]int{}
	}
	c.counts[name] += by
}

// Get is the count of a name.
func (c *Counter) Get(name string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.counts[name]
}

// All is a copy of the counts.
func (c *Counter) All() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.counts)
}

// Once calls make when its function is called first.
func Once[T any](make func() T) func() T {
	var once sync.Once
	var value T
	return func() T {
		once.Do(func() { value = make() })
		return value
	}
}
