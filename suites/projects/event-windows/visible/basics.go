package driver

import (
	"fmt"
	"windows/event"
	"windows/window"
)

func drive(emit func(any)) {
	a, err := window.New(window.Plan{Kind: "tumbling", Length: 10, Lateness: 5})
	emit(err)
	for _, line := range []string{"1 a 5", "12 a 7", "3 a 9", "15 b 1", "26 a 2"} {
		e, _ := event.Parse(line)
		emit(fmt.Sprint(a.Add(e)))
	}
	emit([]int{a.Open(), a.Dropped()})
	emit(fmt.Sprint(a.Flush()))
	s, _ := window.New(window.Plan{Kind: "session", Length: 5})
	s.Add(event.Event{Time: 1, Key: "a", Value: 1})
	s.Add(event.Event{Time: 4, Key: "a", Value: 2})
	emit(fmt.Sprint(s.Add(event.Event{Time: 9, Key: "a", Value: 3})))
	_, err = window.New(window.Plan{Kind: "tumbling"})
	emit(err)
}
