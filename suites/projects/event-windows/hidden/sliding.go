package driver

import (
	"fmt"
	"windows/event"
	"windows/window"
)

func drive(emit func(any)) {
	a, _ := window.New(window.Plan{Kind: "sliding", Length: 10, Step: 4, Lateness: 2})
	add := func(at int64, key string, value int64) {
		emit(fmt.Sprint(a.Add(event.Event{Time: at, Key: key, Value: value})))
		emit(a.Open())
	}
	add(0, "a", 1)
	add(3, "a", 2)
	add(5, "b", 3)
	add(8, "a", 4)
	add(7, "a", 9)
	add(12, "a", 5)
	add(-100, "a", 6)
	emit(a.Dropped())
	emit(fmt.Sprint(a.Flush()))
}
