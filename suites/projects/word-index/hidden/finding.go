package driver

import (
	"fmt"
	"strings"
	"wordindex/index"
)

func drive(emit func(any)) {
	x := index.New()
	for id, text := range map[string]string{
		"a": "a a a b",
		"b": "b a c a",
		"c": "E-mail, e machine; e-mail!",
		"d": "mail e b",
		"e": "ab abc abcd b ab",
	} {
		x.Apply(index.Change{ID: id, Text: text})
	}
	v := x.View()
	find := func(queries ...string) {
		var all []string
		for _, query := range queries {
			hits, err := v.Find(query)
			text := fmt.Sprint(err)
			if err == nil {
				text = ""
				for _, h := range hits {
					text += fmt.Sprint(h.ID, h.Count)
				}
			}
			all = append(all, text)
		}
		emit(strings.Join(all, " | "))
	}
	find("a", "B", "zebra", "")
	find("a b", "b a", "a a", "a zebra")
	find(`"a a"`, `"a b"`, `"b a"`, `"a  ; B"`, `"a a a a"`)
	find(`e-mail`, `"e mail"`, `mail-e`, `mail/e`)
	find(`e-ma*`, `e-m*`, `"e ma*"`, `ma*`, `a*`, `AB*`)
	find(`ab* b`, `ab abc*`, `ab-abc*`, `a*b`, `e*-mail`)
	find(`b -a`, `-a b`, `b -"a b"`, `b -"a b`, `b -a*`)
	find(`-a`, `--a b`, `- b`, `b -`, `-`, `*`, `""`, `-"" b`, `!?`)
	find(`b"a c"`, `"a""b"`, `"a"b`, `a-"b"`, `b-a`)
	find("\tb\n a ", "\"b\n\ta\"", `"`, `a "`, `""" b`, `- "`)
	find(`b b`, `b -b`, `a* -a`, `e-mail mail -machine`, `- a`)
}
