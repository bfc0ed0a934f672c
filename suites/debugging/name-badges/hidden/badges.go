package driver

import "badges/badge"

func drive(emit func(any)) {
	for _, name := range []string{"Ada King", "  Ada  Augusta   King ", "Ada", "", "Ada Wolfeschlegelsteinhausen", "Ada Abcdefghijkl", "Ada Abcdefghij klm", "Abcdefghijklm Ada"} {
		first, others := badge.Lines(name)
		emit([]string{first, others})
	}
	emit(badge.WithoutTitles("Ada King"))
	emit([]string{badge.Initials("ada king"), badge.Initials("émile Zola"), badge.Initials("")})
}
