package driver

import "broker/queue"

func numbers(all []queue.Delivery) []int64 {
	shown := []int64{}
	for _, d := range all {
		shown = append(shown, d.Number)
	}
	return shown
}

func drive(emit func(any)) {
	b := queue.New(queue.Options{Lease: 10, Tries: 2, Most: 3})
	b.Subscribe("s", "x.#")
	publish := func(now int64, keys ...string) {
		for _, key := range keys {
			b.Publish(now, "x", key, "")
		}
		emit([]int{b.Held(now, "s"), b.Dropped("s")})
	}
	receive := func(now int64, most int) []queue.Delivery {
		all, _ := b.Receive(now, "s", most)
		emit(numbers(all))
		return all
	}
	publish(0, "", "", "", "", "")
	first := receive(0, 1)
	publish(0, "")
	second := receive(0, 2)
	publish(0, "", "")
	emit([]bool{b.Ack(5, first[0].Receipt), b.Nack(5, second[0].Receipt, 100)})
	publish(5, "k", "k")
	receive(5, 9)
	publish(10, "k", "")
	receive(10, 9)
	b.Publish(10, "other", "", "")
	emit([]int{b.Held(19, "s"), b.Dropped("s")})
	publish(20, "k", "k")
	receive(20, 9)
	emit([]int{b.Held(30, "s"), len(b.Dead(30, "s"))})
	tiny := queue.New(queue.Options{Lease: 10, Tries: 1, Most: 1})
	tiny.Subscribe("s", "#")
	tiny.Publish(0, "x", "", "")
	tiny.Receive(0, "s", 1)
	tiny.Publish(9, "x", "", "")
	emit([]int{tiny.Held(9, "s"), tiny.Dropped("s"), len(tiny.Dead(9, "s"))})
	tiny.Publish(10, "x", "", "")
	emit([]int{tiny.Held(10, "s"), tiny.Dropped("s"), len(tiny.Dead(10, "s"))})
}
