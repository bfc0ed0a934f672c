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
	emit(show(tickets.Visitor{Age: 30}, tickets.Day{}))
	emit(show(tickets.Visitor{Age: 10, Group: 12}, tickets.Day{Weekend: true}))
}
