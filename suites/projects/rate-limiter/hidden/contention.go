package driver

import (
	"fmt"
	"ratelimit/limiter"
	"sync"
	"sync/atomic"
)

func drive(emit func(any)) {
	l := limiter.New(
		map[string]limiter.Rule{"shared": {Kind: "window", Limit: 100, Span: 1000}},
		limiter.Rule{Kind: "bucket", Limit: 5, Span: 1000},
		1000,
	)
	var passed, others atomic.Int64
	var wait sync.WaitGroup
	for worker := range 16 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i := range 200 {
				if l.Allow("shared", 1, 1) {
					passed.Add(1)
				}
				if l.Allow(fmt.Sprint("client", i%40), 1, 1) {
					others.Add(1)
				}
				if worker == 0 && i%50 == 0 {
					l.Refused("shared")
				}
			}
		}()
	}
	wait.Wait()
	emit(passed.Load())
	emit(others.Load())
	emit(l.Refused("shared"))
	emit(l.Refused("client7"))
}
