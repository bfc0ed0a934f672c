package driver

import "ratelimit/limiter"

func drive(emit func(any)) {
	l := limiter.New(map[string]limiter.Rule{"own": {Kind: "bucket", Limit: 1, Span: 1000}}, limiter.Rule{Kind: "window", Limit: 1, Span: 1000}, 2)
	emit([]bool{l.Allow("own", 0, 1), l.Allow("own", 1, 1), l.Allow("a", 1, 1), l.Allow("a", 2, 1), l.Allow("b", 3, 1)})
	l.Reset("own")
	l.Reset("a")
	l.Reset("nobody")
	emit([]int{l.Refused("own"), l.Refused("a"), l.Refused("b")})
	emit([]bool{l.Allow("own", 4, 1), l.Allow("own", 5, 1), l.Allow("c", 5, 1), l.Allow("b", 6, 1)})
	emit([]int{l.Refused("own"), l.Refused("b")})
	emit([]bool{l.Allow("a", 7, 1), l.Allow("b", 8, 1), l.Allow("c", 9, 1)})
}
