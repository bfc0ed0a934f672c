package driver

import (
	"fmt"
	"windows/event"
	"windows/window"
)

func drive(emit func(any)) {
	var a *window.Aggregator
	add := func(at int64, key string, value int64) {
		emit([]any{fmt.Sprint(a.Add(event.Event{Time: at, Key: key, Value: value})), a.Open(), a.Dropped()})
	}
	a, _ = window.New(window.Plan{Kind: "tumbling", Length: 10, Lateness: 3})
	add(12, "a", 1)
	add(2, "a", 2)
	add(13, "a", 3)
	add(9, "a", 4)
	add(10, "a", 5)
	add(23, "a", 6)
	add(19, "a", 7)
	a, _ = window.New(window.Plan{Kind: "sliding", Length: 10, Step: 5, Lateness: 0})
	add(12, "a", 1)
	add(9, "a", 2)
	add(4, "a", 3)
	add(5, "b", 4)
	add(15, "a", 5)
	a, _ = window.New(window.Plan{Kind: "session", Length: 5, Lateness: 2})
	add(10, "a", 1)
	add(3, "a", 2)
	add(4, "b", 3)
	add(6, "a", 4)
	add(2, "a", 5)
	add(14, "b", 6)
	add(7, "b", 7)
	add(8, "b", 8)
	add(17, "b", 9)
	add(1, "a", 10)
	add(5, "b", 11)
	add(19, "b", 12)
	emit(fmt.Sprint(a.Flush()))
	add(12, "b", 13)
	add(13, "b", 14)
}
