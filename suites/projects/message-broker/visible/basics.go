package driver

import "broker/queue"

func drive(emit func(any)) {
	b := queue.New(queue.Options{Lease: 100, Tries: 2})
	emit(b.Subscribe("mail", "order.*") == nil)
	b.Publish(0, "order.new", "", "one")
	b.Publish(0, "invoice.new", "", "two")
	b.Publish(0, "order.paid", "", "three")
	got, _ := b.Receive(0, "mail", 10)
	emit([]any{len(got), got[0].Number, got[0].Body, got[0].Try, got[1].Number})
	emit([]bool{b.Ack(50, got[0].Receipt), b.Ack(50, got[0].Receipt)})
	again, _ := b.Receive(100, "mail", 10)
	emit([]any{len(again), again[0].Number, again[0].Try})
	emit(b.Nack(150, again[0].Receipt, 0))
	dead := b.Dead(150, "mail")
	emit([]any{len(dead), dead[0].Number, dead[0].Why})
}
