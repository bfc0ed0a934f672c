package flow

import (
	"context"
	"fmt"
	"sync"
)

// Result is what came of an item.
type Result[U any] struct {
	Value U
	Err   error
}

// Map sends f of each item, in the order of the items, from several goroutines.
func Map[T, U any](
	ctx context.Context, in <-chan T, workers int, f func(context.Context, T) (U, error),
) <-chan Result[U] {
	out := make(chan Result[U])
	// An item lies in the queue, in the hands of the one who takes from in, or of the one who sends.
	futures := make(chan chan Result[U], 2*workers)
	taken := make(chan struct{}, 2*workers)
	slots := make(chan struct{}, workers)
	var calls sync.WaitGroup
	go func() {
		defer close(futures)
		for number := 1; ; number++ {
			if !acquire(ctx, taken) {
				return
			}
			item, more := receive(ctx, in)
			if !more || !acquire(ctx, slots) {
				return
			}
			future := make(chan Result[U], 1)
			calls.Add(1)
			go func() {
				defer calls.Done()
				future <- call(ctx, number, item, f)
				<-slots
			}()
			futures <- future
		}
	}()
	go func() {
		defer close(out)
		send(ctx, futures, taken, out)
		for range futures { // until no call is started any more
		}
		calls.Wait()
	}()
	return out
}

// send sends results until there are no more or ctx is done.
func send[U any](ctx context.Context, futures <-chan chan Result[U], taken <-chan struct{}, out chan<- Result[U]) {
	for future := range futures {
		var result Result[U]
		select {
		case result = <-future:
		case <-ctx.Done():
			return
		}
		select {
		case out <- result:
			<-taken
		case <-ctx.Done():
			return
		}
	}
}

func acquire(ctx context.Context, slots chan<- struct{}) bool {
	if ctx.Err() != nil {
		return false
	}
	select {
	case slots <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func receive[T any](ctx context.Context, in <-chan T) (item T, more bool) {
	select {
	case item, more = <-in:
	case <-ctx.Done():
	}
	return item, more
}

func call[T, U any](ctx context.Context, number int, item T, f func(context.Context, T) (U, error)) (r Result[U]) {
	defer func() {
		if x := recover(); x != nil {
			r.Err = fmt.Errorf("item %d: panic: %v", number, x)
		}
	}()
	r.Value, r.Err = f(ctx, item)
	if r.Err != nil {
		r.Err = fmt.Errorf("item %d: %w", number, r.Err)
	}
	return r
}
