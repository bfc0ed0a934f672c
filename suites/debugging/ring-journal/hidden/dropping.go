package driver

import "gateway/ring"

func drive(emit func(any)) {
	j := ring.New(5)
	for _, text := range []string{"a", "b", "c", "d"} {
		j.Append(text)
	}
	j.Drop(2)
	for number := range 4 {
		text, kept := j.Find(number)
		emit([]any{text, kept})
	}
	emit([]any{j.Len(), j.Since(0)})
	j.Drop(1)
	j.Drop(9)
	text, kept := j.Find(3)
	emit([]any{text, kept, j.Len()})
	emit(j.Append("e"))
	text, kept = j.Find(4)
	emit([]any{text, kept, j.Since(0)})
}
