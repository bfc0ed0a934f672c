package driver

import "wordindex/words"

func drive(emit func(any)) {
	for _, text := range []string{"", " -- ", "E-Mail2 für ÄRZTE", "a_b c'd"} {
		emit(words.Split(text))
	}
}
