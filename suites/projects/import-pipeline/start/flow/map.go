package flow

import (
	"context"
	"fmt"
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
	futures := make(chan chan Result[U], workers-1)
	slots := make(chan struct{}, workers)
	go func() {
		defer close(futures)
		number := 0
		for item := range in {
			number++
			future := make(chan Result[U])
			select {
			case futures <- future:
			case <-ctx.Done():
				return
			}
			slots <- struct{}{}
			go func(number int) {
				future <- call(ctx, number, item, f)
				<-slots
			}(number)
		}
	}()
	go func() {
		defer close(out)
		for future := range futures {
			select {
			case out <- <-future:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func call[T, U any](ctx context.Context, number int, item T, f func(context.Context, T) (U, error)) (r Result[U]) {
	defer func() {
		if x := recover(); x != nil {
			r.Err = fmt.Errorf("panic: %v", x)
		}
	}()
	r.Value, r.Err = f(ctx, item)
	if r.Err != nil {
		r.Err = fmt.Errorf("item %d: %w", number, r.Err)
	}
	return r
}
