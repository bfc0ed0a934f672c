package driver

import "logs/query"

func drive(emit func(any)) {
	for _, text := range []string{`level:error -debug "out of memory"`, `count>=10`, `"open`} {
		terms, err := query.Parse(text)
		if err != nil {
			emit(err)
			continue
		}
		emit(terms)
	}
}
