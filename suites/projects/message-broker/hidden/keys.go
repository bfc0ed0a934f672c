package driver

import "broker/queue"

func numbers(all []queue.Delivery) [][]int64 {
	shown := [][]int64{}
	for _, d := range all {
		shown = append(shown, []int64{d.Number, int64(d.Try)})
	}
	return shown
}

func drive(emit func(any)) {
	b := queue.New(queue.Options{Lease: 10, Tries: 2})
	b.Subscribe("s", "#")
	b.Subscribe("t", "#")
	for _, key := range []string{"a", "a", "b", "", "", "a", "b"} {
		b.Publish(0, "x", key, "")
	}
	receive := func(now int64, most int) []queue.Delivery {
		all, _ := b.Receive(now, "s", most)
		emit(numbers(all))
		return all
	}
	first := receive(0, 9)
	emit(b.Ack(1, first[0].Receipt))
	second := receive(1, 9)
	emit(b.Nack(2, second[0].Receipt, 50))
	receive(2, 9)
	again := receive(10, 1)
	receive(10, 9)
	emit([]bool{b.Ack(11, again[0].Receipt)})
	receive(11, 9)
	last := receive(52, 9)
	emit(numbers(last)[0])
	receive(61, 9)
	receive(62, 9)
	for _, d := range b.Dead(100, "s") {
		emit([]any{d.Number, d.Why})
	}
	receive(100, 9)
	emit([]int{b.Held(100, "s"), b.Held(100, "t")})
	other, _ := b.Receive(100, "t", 2)
	emit(numbers(other))
}
