package driver

import (
	"context"
	"errors"
	"pipeline/flow"
	"pipeline/load"
	"runtime"
	"sync/atomic"
	"time"
)

type record int

func (r record) Size() int { return 1 }

// back says whether there are soon no more goroutines than before.
func back(before int) bool {
	for range 1500 {
		if runtime.NumGoroutine() <= before {
			return true
		}
		time.Sleep(time.Millisecond)
	}
	return false
}

func drive(emit func(any)) {
	items := make([]int, 1000)
	before := runtime.NumGoroutine()
	ctx, stop := context.WithCancel(context.Background())
	<-flow.Source(ctx, items)
	stop()
	emit(back(before))

	ctx, stop = context.WithCancel(context.Background())
	var calls atomic.Int64
	results := flow.Map(ctx, flow.Source(ctx, items), 4, func(context.Context, int) (int, error) {
		calls.Add(1)
		return 0, nil
	})
	<-results
	stop()
	emit(back(before))
	after := calls.Load()
	time.Sleep(10 * time.Millisecond)
	emit(calls.Load() == after && after < 20)

	ctx, stop = context.WithCancel(context.Background())
	silent := make(chan int)
	results = flow.Map(ctx, silent, 2, func(context.Context, int) (int, error) { return 0, nil })
	batches := flow.Batch(ctx, make(chan record), 2, 9)
	stop()
	_, open := <-results
	_, alsoOpen := <-batches
	emit([]bool{open, alsoOpen, back(before)})

	ctx, stop = context.WithCancel(context.Background())
	full := make(chan record, 8)
	for range 8 {
		full <- 1
	}
	close(full)
	flow.Batch(ctx, full, 3, 9)
	time.Sleep(5 * time.Millisecond)
	stop()
	emit(back(before))

	ctx, stop = context.WithCancel(context.Background())
	release := make(chan struct{})
	var running atomic.Int64
	results = flow.Map(ctx, flow.Source(ctx, items), 3, func(context.Context, int) (int, error) {
		running.Add(1)
		defer running.Add(-1)
		<-release
		return 0, nil
	})
	for running.Load() < 3 {
		time.Sleep(time.Millisecond)
	}
	stop()
	time.Sleep(5 * time.Millisecond)
	select {
	case <-results:
		emit("closed too early")
	default:
		emit("open")
	}
	close(release)
	for range results {
	}
	emit([]any{running.Load(), back(before)})

	lines := make([]string, 500)
	for i := range lines {
		lines[i] = "x"
	}
	convert := func(context.Context, string) (record, error) {
		running.Add(1)
		defer running.Add(-1)
		time.Sleep(100 * time.Microsecond)
		return 1, nil
	}
	o := load.Options{Workers: 4, Batch: 10, Bytes: 100}
	stores := 0
	_, err := load.Import(context.Background(), lines, convert, func([]record) error {
		if stores++; stores == 3 {
			return errors.New("full")
		}
		return nil
	}, o)
	emit([]any{err, running.Load(), runtime.NumGoroutine() <= before || back(before), stores})

	ctx, stop = context.WithCancel(context.Background())
	report, err := load.Import(ctx, lines, convert, func([]record) error { stop(); return nil }, o)
	emit([]any{report.Stored, err, running.Load(), back(before)})
	report, err = load.Import(ctx, lines, convert, func([]record) error { return nil }, o)
	emit([]any{report.Stored, err, back(before)})
}
