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
	o := queue.Options{Lease: 10, Tries: 2, Most: 6}
	b := queue.New(o)
	b.Subscribe("s", "#")
	b.Subscribe("t", "y")
	for _, key := range []string{"a", "a", "", "b", "", "", "a"} {
		b.Publish(0, "x", key, "body \x00 \"é\"")
	}
	first, _ := b.Receive(1, "s", 3)
	b.Nack(2, first[1].Receipt, 30)
	data := b.Save(3)
	play := func(b *queue.Broker) {
		emit([]int{b.Held(3, "s"), b.Dropped("s"), b.Held(3, "t")})
		emit([]bool{b.Ack(4, first[0].Receipt), b.Ack(4, first[1].Receipt)})
		all, _ := b.Receive(5, "s", 9)
		emit(numbers(all))
		emit(all[0].Body == "body \x00 \"é\"")
		emit(b.Publish(6, "y", "b", ""))
		emit([]bool{b.Ack(10, first[2].Receipt), b.Ack(10, all[0].Receipt)})
		all, _ = b.Receive(20, "s", 9)
		emit(numbers(all))
		all, _ = b.Receive(32, "s", 9)
		emit(numbers(all))
		shown := [][]any{}
		for _, d := range b.Dead(99, "s") {
			shown = append(shown, []any{d.Number, d.Why})
		}
		emit(shown)
		emit(b.Subscribe("t", "z"))
		other, _ := b.Receive(99, "t", 1)
		emit(numbers(other))
	}
	loaded, err := queue.Load(o, data)
	emit(err)
	play(loaded)
	second, _ := queue.Load(o, loaded.Save(99))
	emit([]int{second.Held(99, "s"), len(second.Dead(99, "s")), second.Dropped("s")})
	play(b)
	refused := 0
	for i := range data {
		bad := append([]byte(nil), data...)
		bad[i] ^= 1
		if _, err := queue.Load(o, bad); err != nil && err.Error() == "damaged" {
			refused++
		}
		if _, err := queue.Load(o, data[:i]); err != nil && err.Error() == "damaged" {
			refused++
		}
	}
	emit(refused == 2*len(data))
	for _, bad := range [][]byte{nil, {}, []byte("{}"), append(append([]byte(nil), data...), 0)} {
		_, err = queue.Load(o, bad)
		emit(err)
	}
	empty, err := queue.Load(o, queue.New(o).Save(0))
	emit([]any{err == nil, empty.Publish(0, "x", "", "")})
}
