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
	b := queue.New(queue.Options{Lease: 10, Tries: 3})
	emit(b.Subscribe("a", "x.#"))
	emit(b.Subscribe("a", "x.#"))
	emit(b.Subscribe("a", "y"))
	emit(b.Subscribe("b", "y..z"))
	emit([]int64{b.Publish(0, "x.1", "", "1"), b.Publish(0, "z", "", "2"), b.Publish(0, "x.2", "", "3")})
	emit(b.Subscribe("late", "#"))
	emit([]int64{b.Publish(0, "x", "", "4")})
	_, err := b.Receive(0, "nobody", 1)
	emit(err)
	first, _ := b.Receive(0, "a", 1)
	emit(numbers(first))
	rest, _ := b.Receive(5, "a", 9)
	emit(numbers(rest))
	late, _ := b.Receive(5, "late", 9)
	emit(numbers(late))
	none, err := b.Receive(9, "a", 9)
	emit([]any{len(none), err == nil})
	emit(b.Ack(9, rest[0].Receipt))
	emit([]bool{b.Ack(10, first[0].Receipt), b.Nack(10, first[0].Receipt, 0), b.Ack(10, "nothing"), b.Ack(10, "")})
	again, _ := b.Receive(10, "a", 9)
	emit(numbers(again))
	emit(again[0].Receipt != first[0].Receipt)
	emit(b.Nack(14, rest[1].Receipt, 20))
	soon, _ := b.Receive(33, "a", 9)
	emit(numbers(soon))
	then, _ := b.Receive(34, "a", 9)
	emit(numbers(then))
	emit([]int{b.Held(34, "a"), b.Held(34, "late"), b.Held(34, "nobody"), b.Dropped("a"), len(b.Dead(34, "nobody"))})
	emit(b.Nack(43, then[0].Receipt, 1000))
	emit([]int{len(b.Dead(42+1, "a")), b.Held(43, "a")})
	last, _ := b.Receive(44, "a", 9)
	emit(numbers(last))
	for _, d := range b.Dead(5000, "a") {
		emit([]any{d.Number, d.Why})
	}
	end, _ := b.Receive(5000, "a", 9)
	emit(numbers(end))
	emit([]bool{b.Nack(5000, end[0].Receipt, 5), b.Nack(5000, end[0].Receipt, 5)})
	for _, d := range b.Dead(5000, "a") {
		emit([]any{d.Number, d.Why})
	}
	emit([]int{b.Held(5000, "a"), b.Held(5000, "late"), len(b.Dead(5000, "late"))})
	zero, _ := b.Receive(5001, "late", 0)
	emit(numbers(zero))
	copied := b.Dead(5001, "a")
	copied[0].Why = "changed"
	emit(b.Dead(5001, "a")[0].Why)
}
