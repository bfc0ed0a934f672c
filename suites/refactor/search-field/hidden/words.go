package driver

import "logs/query"

func drive(emit func(any)) {
	for _, text := range []string{``, "  \t ", `a`, `a b`, " a\tb ", `-a`, `a-b`, `--a`, `-`, `- a`, `a -`, `a -b c`, `a\b`, `é ü`, `a"b"`, `aé:x`} {
		terms, err := query.Parse(text)
		if err != nil {
			emit(err)
			continue
		}
		emit(terms)
	}
}
