package flow

import "context"

// Sized is what batches are made of.
type Sized interface{ Size() int }

// Batch puts items together.
func Batch[T Sized](ctx context.Context, in <-chan T, size, most int) <-chan []T {
	out := make(chan []T)
	go func() {
		defer close(out)
		var batch []T
		sum := 0
		send := func() bool {
			if len(batch) == 0 {
				return true
			}
			select {
			case out <- batch:
				batch, sum = nil, 0
				return true
			case <-ctx.Done():
				return false
			}
		}
		for {
			item, more := receive(ctx, in)
			if !more {
				break
			}
			if sum+item.Size() > most && !send() {
				return
			}
			batch = append(batch, item)
			sum += item.Size()
			if len(batch) == size && !send() {
				return
			}
		}
		if ctx.Err() == nil {
			send()
		}
	}()
	return out
}
