package driver

import "windows/event"

func drive(emit func(any)) {
	for _, line := range []string{"-3 k 7", "  4   key -9 ", "1 2", "x k 1", "1 k y", ""} {
		e, err := event.Parse(line)
		if err != nil {
			emit(err)
			continue
		}
		emit([]any{e.Time, e.Key, e.Value})
	}
}
