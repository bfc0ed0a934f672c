package driver

import "logs/query"

func drive(emit func(any)) {
	for _, text := range []string{`a:b`, `A:B`, `level=error`, `n<5`, `n<=5`, `n>5`, `n>=5`, `n==5`, `n=>5`, `n:=5`, `n<>5`, `a:b:c`, `a=b=c`, `-a:b`, `a:`, `a: b`, `a:b c>=1`, `:b`, `-:b`, `<5`, `a<`, `a<=`, `a>= 1`, `a:-b`, `a:b"c"`, `a=<b`, `n>==5`} {
		terms, err := query.Parse(text)
		if err != nil {
			emit(err)
			continue
		}
		emit(terms)
	}
}
