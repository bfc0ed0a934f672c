package driver

import (
	"fmt"
	"hash/fnv"
	"strings"

	"scoresheet/score"
)

func drive(emit func(any)) {
	seed := uint64(31)
	dice := func(limit uint64) int {
		seed = seed*6364136223846793005 + 1442695040888963407
		return int((seed >> 33) % limit)
	}
	words := []string{"X", "X", "9/", "5/", "-/", "81", "72", "--", "5-", "-7", "36", "+X", "+5", "+5-", "+XX", "55", "9", "+5/"}
	best, bad := score.Best(nil)
	emit([]any{len(best), len(bad)})
	for range 4 {
		hash, good := fnv.New64a(), 0
		var lines []string
		for number := range 1500 {
			var frames []string
			for range dice(8) {
				frames = append(frames, words[dice(uint64(11+dice(8)))])
			}
			if dice(2) == 0 {
				frames = append(frames, words[11+dice(4)])
			}
			line := fmt.Sprintf("player %d: %s", number, strings.Join(frames, " "))
			sheet, err := score.Read(line)
			fmt.Fprintln(hash, sheet.Player, sheet.Frames, sheet.Total, err)
			if err == nil {
				good++
			}
			lines = append(lines, line)
		}
		best, bad := score.Best(lines)
		emit([]any{good, best, len(bad), fmt.Sprintf("%016x", hash.Sum64())})
	}
}
