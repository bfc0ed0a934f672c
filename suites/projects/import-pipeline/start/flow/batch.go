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
		for item := range in {
			if len(batch) == size || sum+item.Size() > most {
				select {
				case out <- batch:
				case <-ctx.Done():
					return
				}
				batch, sum = batch[:0], 0
			}
			batch = append(batch, item)
			sum += item.Size()
		}
		if len(batch) > 0 {
			out <- batch
		}
	}()
	return out
}
