package driver

import (
	"context"
	"errors"
	"fmt"
	"pipeline/flow"
	"runtime"
	"sync/atomic"
)

func drive(emit func(any)) {
	ctx := context.Background()
	for _, workers := range []int{1, 2, 7} {
		var running, most atomic.Int64
		items := make([]int, 300)
		for i := range items {
			items[i] = i
		}
		results := flow.Map(ctx, flow.Source(ctx, items), workers, func(_ context.Context, i int) (string, error) {
			now := running.Add(1)
			for old := most.Load(); now > old && !most.CompareAndSwap(old, now); old = most.Load() {
			}
			for range i * 7 % 11 {
				runtime.Gosched()
			}
			running.Add(-1)
			if i%100 == 50 {
				return "", errors.New("fifty")
			}
			return fmt.Sprint(i), nil
		})
		next, ordered := 0, true
		var bad []string
		for result := range results {
			if result.Err != nil {
				bad = append(bad, result.Err.Error())
			} else {
				ordered = ordered && result.Value == fmt.Sprint(next)
			}
			next++
		}
		emit([]any{next, ordered, most.Load() <= int64(workers)})
		emit(bad)
	}
	count := 0
	for range flow.Map(ctx, flow.Source(ctx, []int{}), 3, func(context.Context, int) (int, error) { return 0, nil }) {
		count++
	}
	emit(count)
}
