package driver

import (
	"fmt"
	"gateway/ring"
)

func drive(emit func(any)) {
	filled := func(capacity, count int) *ring.Journal {
		j := ring.New(capacity)
		for i := range count {
			j.Append(fmt.Sprint("m", i))
		}
		return j
	}
	j := filled(3, 5)
	j.Resize(5)
	emit(j.Since(0))
	j.Append("x")
	j.Append("y")
	j.Append("z")
	emit(j.Since(0))
	text, kept := j.Find(4)
	emit([]any{text, kept, j.Len()})
	j = filled(5, 8)
	j.Resize(2)
	emit(j.Since(0))
	j.Append("x")
	emit([]any{j.Since(0), j.Len()})
	j = filled(4, 11)
	j.Resize(4)
	emit(j.Since(0))
	r := j.Reader()
	j.Resize(7)
	text, missed, _ := r.Next()
	emit([]any{text, missed, r.Behind()})
	wrong := 0
	for before := 1; before < 8; before++ {
		for after := 1; after < 8; after++ {
			for count := range 20 {
				j := filled(before, count)
				j.Resize(after)
				first := count - min(count, before, after)
				for i, text := range j.Since(0) {
					if text != fmt.Sprint("m", first+i) {
						wrong++
					}
				}
				if j.Len() != count-first {
					wrong++
				}
			}
		}
	}
	emit(wrong)
}
