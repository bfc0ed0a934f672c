package driver

import (
	"ratelimit/limiter"
	"sync"
)

func drive(emit func(any)) {
	rules := map[string]limiter.Rule{
		"w": {Kind: "window", Limit: 2, Span: 100}, "b": {Kind: "bucket", Limit: 2, Span: 100}, "o": {Kind: "open"},
	}
	l := limiter.New(rules, limiter.Rule{Kind: "window", Limit: 1, Span: 50}, 2)
	emit([]int64{l.Wait("w", 0, 2), l.Wait("w", 0, 3), l.Wait("b", 0, 3), l.Wait("o", 0, 99), l.Wait("x", 0, 1), l.Wait("x", 0, 2)})
	l.Allow("w", 10, 2)
	l.Allow("b", 10, 2)
	l.Allow("x", 10, 1)
	emit([]int64{l.Wait("w", 20, 1), l.Wait("b", 20, 1), l.Wait("x", 20, 1), l.Wait("y", 20, 1)})
	l.Allow("y", 21, 1)
	for _, name := range []string{"p", "q", "r"} {
		l.Wait(name, 22, 1)
	}
	l.Wait("x", 22, 1)
	emit([]bool{l.Allow("x", 23, 1), l.Allow("y", 23, 1)})
	l.Wait("x", 24, 1)
	l.Allow("z", 24, 1)
	emit([]int{l.Refused("x"), l.Refused("y"), l.Refused("w"), l.Refused("p")})
	emit([]int64{l.Wait("x", 25, 1), l.Wait("y", 25, 1), l.Wait("w", 109, 2), l.Wait("w", 110, 2)})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 200 {
				l.Wait("b", 30, 1)
				l.Allow("o", 30, 1)
				l.Reset("s")
				l.Allow("s", 30, 1)
			}
		})
	}
	group.Wait()
	emit(l.Wait("b", 30, 1))
}
