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
	for _, age := range []int{2, 10, 20, 70} {
		for _, group := range []int{1, 9, 10, 200} {
			emit(show(tickets.Visitor{Age: age, Group: group}, tickets.Day{}))
			emit(show(tickets.Visitor{Age: age, Group: group, Member: true, Student: true}, tickets.Day{}))
		}
	}
}
