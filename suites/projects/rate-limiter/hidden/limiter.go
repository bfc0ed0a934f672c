package driver

import "ratelimit/limiter"

func drive(emit func(any)) {
	rules := map[string]limiter.Rule{
		"paid": {Kind: "window", Limit: 3, Span: 100},
		"us":   {Kind: "free"},
	}
	l := limiter.New(rules, limiter.Rule{Kind: "bucket", Limit: 2, Span: 1000}, 2)
	emit([]bool{l.Allow("paid", 0, 3), l.Allow("paid", 1, 1), l.Allow("us", 0, 1000), l.Allow("a", 0, 2), l.Allow("a", 0, 1)})
	emit([]int{l.Refused("paid"), l.Refused("us"), l.Refused("a"), l.Refused("nobody")})
	emit([]bool{l.Allow("b", 1, 2), l.Allow("a", 2, 1), l.Allow("c", 3, 2)})
	emit([]int{l.Refused("a"), l.Refused("b")})
	emit([]bool{l.Allow("a", 4, 1), l.Allow("b", 4, 2), l.Allow("c", 5, 1)})
	emit([]int{l.Refused("a"), l.Refused("b"), l.Refused("c"), l.Refused("paid")})
	emit(l.Allow("paid", 100, 3))
	emit([]bool{l.Allow("c", 6, 5), l.Allow("c", 6, 0), l.Allow("c", 6, -1)})
	emit(l.Refused("c"))
	small := limiter.New(nil, limiter.Rule{Kind: "window", Limit: 1, Span: 10}, 1)
	emit([]bool{small.Allow("x", 0, 1), small.Allow("x", 1, 1), small.Allow("y", 1, 1), small.Allow("x", 2, 1)})
}
