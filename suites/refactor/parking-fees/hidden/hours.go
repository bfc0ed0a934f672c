package driver

import "parking/fees"

func drive(emit func(any)) {
	for _, zone := range []string{"centre", "ring", "edge", "moon"} {
		for _, vouchers := range []int{0, 1, 2, 30, -1} {
			var answers []any
			for _, minutes := range []int{16, 60, 61, 120, 400, 1440, 1441, 3000, 6000} {
				for flags := range 4 {
					stay := fees.Stay{From: 0, To: minutes, Zone: zone, Vouchers: vouchers}
					stay.Resident, stay.Electric = flags&1 > 0, flags&2 > 0
					cents, reason, err := fees.Cents(stay)
					answers = append(answers, []any{cents, reason, err})
				}
			}
			emit(answers)
		}
	}
}
