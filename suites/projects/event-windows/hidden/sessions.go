package driver

import (
	"fmt"
	"windows/event"
	"windows/window"
)

func drive(emit func(any)) {
	a, _ := window.New(window.Plan{Kind: "session", Length: 5, Lateness: 100})
	add := func(at int64, key string, value int64) {
		emit(fmt.Sprint(a.Add(event.Event{Time: at, Key: key, Value: value})))
		emit(a.Open())
	}
	add(10, "a", 1)
	add(14, "a", 2)
	add(19, "a", 3)
	add(19, "b", 4)
	add(0, "a", 5)
	add(5, "a", 6)
	add(14, "a", 7)
	add(10, "a", 8)
	add(17, "a", 9)
	add(30, "a", 10)
	emit(fmt.Sprint(a.Flush()))
	emit(a.Dropped())
	add(2, "c", 1)
	add(10, "c", 2)
	add(6, "c", 3)
	add(115, "d", 4)
	add(116, "d", 5)
	emit(a.Dropped())
}
