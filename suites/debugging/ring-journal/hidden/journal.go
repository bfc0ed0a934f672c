package driver

import "gateway/ring"

func drive(emit func(any)) {
	j := ring.New(3)
	r := j.Reader()
	_, missed, more := r.Next()
	emit([]any{j.Len(), len(j.Since(0)), missed, more})
	for i, text := range []string{"a", "b", "c", "d"} {
		if j.Append(text) != i {
			emit("another number")
		}
	}
	emit([]any{j.Len(), j.Since(0), j.Since(2), j.Since(4), j.Since(9)})
	for _, number := range []int{-1, 0, 1, 3, 4} {
		text, kept := j.Find(number)
		emit([]any{text, kept})
	}
	late := j.Reader()
	emit([]int{r.Behind(), late.Behind()})
	for range 4 {
		text, missed, more := late.Next()
		emit([]any{text, missed, more})
	}
	j.Append("e")
	text, missed, more := late.Next()
	emit([]any{text, missed, more, late.Behind()})
	j = ring.New(2)
	j.Append("a")
	j.Resize(3)
	j.Append("b")
	j.Append("c")
	emit(j.Since(0))
}
