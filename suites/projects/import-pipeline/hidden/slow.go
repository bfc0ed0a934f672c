package driver

import (
	"context"
	"pipeline/flow"
	"sync/atomic"
	"time"
)

func drive(emit func(any)) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	for _, workers := range []int{2, 3, 8} {
		var taken, ended atomic.Int64
		in := make(chan int)
		go func() {
			defer close(in)
			for i := range 100 {
				select {
				case in <- i:
					taken.Add(1)
				case <-ctx.Done():
					return
				}
			}
		}()
		others := int64(2*workers - 1)
		reached, beyond := false, false
		results := flow.Map(ctx, in, workers, func(_ context.Context, i int) (int, error) {
			if i > 0 {
				ended.Add(1)
				return i, nil
			}
			for range 2000 {
				if reached = ended.Load() >= others; reached {
					break
				}
				time.Sleep(time.Millisecond)
			}
			time.Sleep(20 * time.Millisecond)
			beyond = ended.Load() > others || taken.Load() > others+1
			return i, nil
		})
		sum := 0
		for result := range results {
			sum += result.Value
		}
		emit([]any{reached, beyond, sum})
	}
}
