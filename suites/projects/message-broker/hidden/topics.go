package driver

import "broker/topic"

func drive(emit func(any)) {
	emit([]bool{topic.Match("a.*", "a.b"), topic.Match("a.*", "a"), topic.Match("a.#", "a"), topic.Match("#", "x.y")})
	emit([]bool{topic.Match("*.b", "a.b.c"), topic.Match("a.b", "a.b"), topic.Match("a.b", "a.c")})
	for _, pattern := range []string{"a.#", "", "a..b", "#.a", "a*"} {
		emit(topic.Check(pattern))
	}
}
