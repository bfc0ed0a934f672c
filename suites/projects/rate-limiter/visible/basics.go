package driver

import (
	"ratelimit/limiter"
	"ratelimit/window"
)

func drive(emit func(any)) {
	w := window.New(2, 100)
	emit([]bool{w.Allow(0, 1), w.Allow(50, 1), w.Allow(99, 1), w.Allow(100, 1)})
	emit(w.Wait(100, 1))
	l := limiter.New(nil, limiter.Rule{Kind: "bucket", Limit: 1, Span: 1000}, 10)
	emit([]bool{l.Allow("a", 0, 1), l.Allow("a", 1, 1), l.Allow("b", 1, 1)})
	emit(l.Refused("a"))
}
