package driver

import "logs/query"

func drive(emit func(any)) {
	for _, text := range []string{`"a b"`, `-"a b"`, `a:"b c"`, `a>="b c"`, `""`, `a:""`, `"a`, `a:"b`, `x "a`, `-"a`, `"a\"b"`, `"a\\b"`, `"a\nb"`, `"a\ `, `"a\`, `"a"b`, `"a""b"`, `"a" "b"`, `a:"b"c`, `a:"b" c`, `"a:b"`, `a:"\x"`, `-"\q"`, "\"é\t\"", `b"a`, `"\\"`, `"\""`} {
		terms, err := query.Parse(text)
		if err != nil {
			emit(err)
			continue
		}
		emit(terms)
	}
}
