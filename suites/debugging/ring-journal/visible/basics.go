package driver

import "gateway/ring"

func drive(emit func(any)) {
	j := ring.New(2)
	r := j.Reader()
	for _, text := range []string{"a", "b", "c", "d", "e"} {
		j.Append(text)
	}
	emit(j.Since(0))
	text, missed, _ := r.Next()
	emit([]any{text, missed})
	text, missed, _ = r.Next()
	emit([]any{text, missed})
}
