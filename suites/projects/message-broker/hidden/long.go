package driver

import (
	"broker/queue"
	"fmt"
	"hash/fnv"
)

type random uint64

func (r *random) below(n int) int {
	*r = *r*6364136223846793005 + 1442695040888963407
	return int(uint64(*r>>33) % uint64(n))
}

// play is a day of a broker: what was handed out, in a digest.
func play(seed random, steps, keys, most int, o queue.Options) string {
	b := queue.New(o)
	b.Subscribe("all", "#")
	b.Subscribe("some", "t.*")
	digest := fnv.New64a()
	var receipts []string
	now := int64(0)
	r := &seed
	for range steps {
		now += int64(r.below(3))
		switch what := r.below(10); {
		case what < 4:
			key := ""
			if r.below(3) > 0 {
				key = fmt.Sprint("k", r.below(keys))
			}
			name := []string{"t", "t.a", "t.b"}[r.below(3)]
			b.Publish(now, name, key, "")
		case what < 7:
			all, _ := b.Receive(now, []string{"all", "some"}[r.below(2)], 1+r.below(most))
			for _, d := range all {
				fmt.Fprintln(digest, d.Number, d.Try)
				receipts = append(receipts, d.Receipt)
			}
		default:
			if len(receipts) == 0 {
				continue
			}
			i := r.below(len(receipts))
			receipt := receipts[i]
			receipts[i] = receipts[len(receipts)-1]
			receipts = receipts[:len(receipts)-1]
			if what < 9 {
				fmt.Fprintln(digest, b.Ack(now, receipt))
			} else {
				fmt.Fprintln(digest, b.Nack(now, receipt, int64(r.below(200))))
			}
		}
	}
	for _, name := range []string{"all", "some"} {
		fmt.Fprintln(digest, b.Held(now, name), b.Dropped(name))
		for _, d := range b.Dead(now, name) {
			fmt.Fprintln(digest, d.Number, d.Why)
		}
	}
	return fmt.Sprintf("%016x", digest.Sum64())
}

func drive(emit func(any)) {
	emit(play(1, 4000, 5, 4, queue.Options{Lease: 100, Tries: 3}))
	emit(play(2, 4000, 20, 8, queue.Options{Lease: 30, Tries: 2, Most: 40}))
	emit(play(3, 4000, 2, 2, queue.Options{Lease: 400, Tries: 1, Most: 10}))
	b := queue.New(queue.Options{Lease: 1000000, Tries: 2})
	b.Subscribe("s", "#")
	for i := range 60000 {
		b.Publish(0, "x", []string{"one", ""}[i%2], "")
	}
	leased, _ := b.Receive(0, "s", 20000)
	handed := 0
	for i := range 20000 {
		b.Nack(int64(i), leased[i].Receipt, 500000)
	}
	for now := range int64(20000) {
		all, _ := b.Receive(20000+now, "s", 1)
		handed += len(all)
	}
	emit([]int{len(leased), handed, b.Held(40000, "s")})
}
