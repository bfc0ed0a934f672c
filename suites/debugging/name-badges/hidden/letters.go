package driver

import "badges/badge"

func drive(emit func(any)) {
	for _, name := range []string{"Zoë Öztürkoğlu", "Ada Öööööööööööö", "Ada Ööööööööööööö", "Øyvind-Åsmund Ås", "Ada 安安安安安安安安安安安安安", "Ada éééééééééé a"} {
		first, others := badge.Lines(name)
		emit([]string{first, others})
	}
}
