package driver

import (
	"errors"
	"fetcher/fetch"
	"fmt"
	"sync"
	"sync/atomic"
)

func drive(emit func(any)) {
	var now, most, asked atomic.Int64
	f := fetch.New(3, func(name string) (string, error) {
		asked.Add(1)
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		defer now.Add(-1)
		if name == "missing" {
			return "", errors.New("not found")
		}
		return "<" + name + ">", nil
	})
	parts, err := f.All(nil)
	emit([]any{len(parts), err == nil})
	parts, err = f.All([]string{"a", "b", "c"})
	emit(parts)
	parts, err = f.All([]string{"c", "d", "a"})
	emit(parts)
	emit(asked.Load())
	_, err = f.All([]string{"a", "missing"})
	emit(err)
	emit(errors.Unwrap(err))
	names := []string{}
	for i := range 500 {
		names = append(names, fmt.Sprint(i))
	}
	parts, err = f.All(names)
	wrong := 0
	for i, part := range parts {
		if part != fmt.Sprintf("<%d>", i) {
			wrong++
		}
	}
	emit([]any{len(parts), wrong, err == nil})
	emit(most.Load() <= 3)
	// Each waits for the other: they must be asked for at the same time.
	var both sync.WaitGroup
	both.Add(2)
	f = fetch.New(2, func(name string) (string, error) {
		both.Done()
		both.Wait()
		return name, nil
	})
	parts, _ = f.All([]string{"x", "y"})
	emit(parts)
}
