package driver

import (
	"fmt"
	"zoo/tickets"
)

func drive(emit func(any)) {
	show := func(v tickets.Visitor, d tickets.Day) string {
		price, words, err := tickets.Price(v, d)
		return fmt.Sprint(price, " ", words, " ", err)
	}
	for _, age := range []int{-1, 0, 3, 4, 14, 15, 27, 28, 64, 65, 130, 131} {
		emit(show(tickets.Visitor{Age: age}, tickets.Day{}))
		emit(show(tickets.Visitor{Age: age, Student: true}, tickets.Day{}))
	}
}
