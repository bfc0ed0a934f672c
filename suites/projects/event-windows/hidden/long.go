package driver

import (
	"fmt"
	"hash/fnv"
	"windows/event"
	"windows/window"
)

type random uint64

func (r *random) below(n int64) int64 {
	*r = *r*6364136223846793005 + 1442695040888963407
	return int64(uint64(*r>>33) % uint64(n))
}

func play(seed random, p window.Plan, events int, keys, late int64) string {
	a, _ := window.New(p)
	digest := fnv.New64a()
	r := &seed
	now := int64(-500)
	for i := range events {
		now += r.below(3)
		e := event.Event{Time: now - r.below(late), Key: fmt.Sprint("k", r.below(keys)), Value: r.below(2000) - 1000}
		for _, result := range a.Add(e) {
			fmt.Fprintln(digest, result)
		}
		if i%97 == 0 {
			fmt.Fprintln(digest, a.Open(), a.Dropped())
		}
		if i == events/2 {
			for _, result := range a.Flush() {
				fmt.Fprintln(digest, result)
			}
		}
	}
	for _, result := range a.Flush() {
		fmt.Fprintln(digest, result)
	}
	fmt.Fprintln(digest, a.Dropped())
	return fmt.Sprintf("%016x", digest.Sum64())
}

func drive(emit func(any)) {
	emit(play(1, window.Plan{Kind: "tumbling", Length: 20, Lateness: 15}, 3000, 5, 30))
	emit(play(2, window.Plan{Kind: "sliding", Length: 21, Step: 6, Lateness: 10}, 3000, 4, 40))
	emit(play(3, window.Plan{Kind: "session", Length: 9, Lateness: 20}, 3000, 6, 50))
	emit(play(4, window.Plan{Kind: "session", Length: 3, Lateness: 0}, 3000, 2, 12))
	wide, _ := window.New(window.Plan{Kind: "session", Length: 2, Lateness: 1 << 40})
	for i := range int64(40000) {
		wide.Add(event.Event{Time: i * 3 % 7919, Key: fmt.Sprint("k", i%20000), Value: 1})
	}
	emit(wide.Open())
	emit(len(wide.Add(event.Event{Time: 1 << 41, Key: "k0", Value: 1})))
}
