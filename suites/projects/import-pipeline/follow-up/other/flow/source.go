// Package flow has the parts that pipelines are made of.
package flow

import "context"

// Source sends the items in order.
func Source[T any](ctx context.Context, items []T) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for _, item := range items {
			select {
			case out <- item:
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}
