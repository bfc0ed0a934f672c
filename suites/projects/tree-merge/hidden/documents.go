package driver

import "merge/doc"

func drive(emit func(any)) {
	for _, text := range []string{`{"b": [1, null, "<x>"], "a": {"c": true}}`, `7`, `1.5`, `{"a": [1e3]}`, `{`} {
		value, err := doc.Parse(text)
		if err != nil {
			emit("error")
			continue
		}
		emit(doc.Write(value))
	}
}
