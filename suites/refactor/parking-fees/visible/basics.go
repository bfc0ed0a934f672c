package driver

import "parking/fees"

func drive(emit func(any)) {
	for _, stay := range []fees.Stay{{From: 0, To: 61, Zone: "ring"}, {From: 5, To: 15}, {From: 9, To: 8}} {
		cents, reason, err := fees.Cents(stay)
		emit([]any{cents, reason, err})
	}
}
