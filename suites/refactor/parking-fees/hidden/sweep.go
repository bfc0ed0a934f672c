package driver

import (
	"fmt"
	"hash/fnv"

	"parking/fees"
)

func drive(emit func(any)) {
	seed := uint64(17)
	dice := func(limit uint64) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int((seed >> 33) % limit)
	}
	for range 4 {
		hash, sum := fnv.New64a(), 0
		for range 3000 {
			stay := fees.Stay{From: dice(20000), Zone: []string{"centre", "ring", "edge", "edge "}[dice(4)], Vouchers: dice(4)}
			stay.To = stay.From + dice(uint64(1+dice(9000)))
			stay.Resident, stay.Electric, stay.Disabled, stay.Lost = dice(2) == 0, dice(2) == 0, dice(9) == 0, dice(9) == 0
			cents, reason, err := fees.Cents(stay)
			fmt.Fprintln(hash, cents, reason, err)
			sum += cents
		}
		emit([]any{sum, fmt.Sprintf("%016x", hash.Sum64())})
	}
}
