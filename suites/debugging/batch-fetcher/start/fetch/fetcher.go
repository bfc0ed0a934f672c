// Package fetch gets parts from slow services, several at once.
package fetch

import (
	"fmt"
	"sync"
)

// Get asks a service for a part.
type Get func(name string) (string, error)

// Fetcher gets parts, and keeps those that it got.
type Fetcher struct {
	workers int
	get     Get
	cache   *cache
}

// New is a fetcher that asks for so many parts at once, at most.
func New(workers int, get Get) *Fetcher {
	return &Fetcher{workers: workers, get: get, cache: newCache()}
}

// job is a part with its place in the list.
type job struct {
	place int
	name  string
}

// All gets parts, in the order of their names in the list. If one cannot be got, the error is that of the first in the
// list that cannot be got, and parts that nobody has begun to ask for when an error is known need not be asked for; of
// the others, none that stands in the list before the part with the error is left out.
func (f *Fetcher) All(names []string) ([]string, error) {
	parts := make([]string, len(names))
	jobs := make(chan job)
	failures := &failures{}
	var working sync.WaitGroup
	for range f.workers {
		working.Add(1)
		go func() {
			defer working.Done()
			for next := range jobs {
				part, err := f.one(next.name)
				if err != nil {
					failures.add(next.place, fmt.Errorf("%s: %w", next.name, err))
					return
				}
				parts[next.place] = part
			}
		}()
	}
	for place, name := range names {
		if failures.any() {
			break
		}
		jobs <- job{place, name}
	}
	close(jobs)
	working.Wait()
	if err := failures.first(); err != nil {
		return nil, err
	}
	return parts, nil
}

// one gets a part. However many ask for it at the same time, the service is asked once; what it gave is kept, and an
// error is given to all who waited for it, and is forgotten then.
func (f *Fetcher) one(name string) (string, error) {
	if part, there := f.cache.find(name); there {
		return part, nil
	}
	part, err := f.get(name)
	if err == nil {
		f.cache.keep(name, part)
	}
	return part, err
}
