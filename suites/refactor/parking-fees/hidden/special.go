package driver

import "parking/fees"

func drive(emit func(any)) {
	for _, minutes := range []int{-1, 0, 15, 16, 5000} {
		var answers []any
		for flags := range 8 {
			for _, zone := range []string{"centre", "", "Ring"} {
				stay := fees.Stay{From: 100, To: 100 + minutes, Zone: zone}
				stay.Lost, stay.Resident, stay.Disabled = flags&1 > 0, flags&2 > 0, flags&4 > 0
				cents, reason, err := fees.Cents(stay)
				answers = append(answers, []any{cents, reason, err})
			}
		}
		emit(answers)
	}
}
