package fetch

import "sync"

// failures are errors with their places.
type failures struct {
	mu    sync.Mutex
	place int
	err   error
}

func (f *failures) add(place int, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil {
		f.place, f.err = place, err
	}
}

func (f *failures) any() bool {
	return f.first() != nil
}

// first is the error with the lowest place, if there is one.
func (f *failures) first() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.err
}
