package driver

import (
	"fmt"
	"windows/event"
	"windows/window"
)

func drive(emit func(any)) {
	a, _ := window.New(window.Plan{Kind: "tumbling", Length: 10, Step: -4})
	add := func(at int64, key string, value int64) {
		emit(fmt.Sprint(a.Add(event.Event{Time: at, Key: key, Value: value})))
	}
	add(-11, "b", 1)
	add(-10, "a", 2)
	add(-1, "a", -3)
	add(-1, "a", 4)
	add(0, "b", 5)
	add(9, "a", 6)
	add(9, "c", 7)
	add(5, "b", 8)
	emit([]int{a.Open(), a.Dropped()})
	add(10, "d", 9)
	emit([]int{a.Open(), a.Dropped()})
	add(1000, "a", 1)
	emit(fmt.Sprint(a.Flush()))
	emit([]int{a.Open(), a.Dropped()})
	emit(fmt.Sprint(a.Flush()))
	add(1001, "a", 2)
	emit(fmt.Sprint(a.Flush()))
	for _, p := range []window.Plan{
		{Kind: "tumbling", Length: -1},
		{Kind: "tumbling", Length: 1, Lateness: -1},
		{Kind: "sliding", Length: 5},
		{Kind: "sliding", Length: 5, Step: 6},
		{Kind: "session", Length: 0, Step: 1},
		{Kind: "hopping", Length: 5, Step: 1},
		{Kind: "", Length: 5},
		{Kind: "session", Length: 5, Step: 9},
		{Kind: "sliding", Length: 5, Step: 5},
	} {
		_, err := window.New(p)
		emit(err)
	}
}
