// Package score reads the sheets of a bowling club and adds them up.
package score

import (
	"fmt"
	"strconv"
	"strings"
)

// Sheet is a player with the points of each frame.
type Sheet struct {
	Player string
	Frames []int
	Total  int
}

// Read reads a sheet like `Ada: X 9/ 81 -- 5-`: a strike, a spare, and frames with two rolls, of which `-` hit nothing. After
// the last frame stand, behind a `+`, the rolls that its strike or spare has earned: `X +5-`.
func Read(line string) (sheet Sheet, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			sheet, err = Sheet{}, fmt.Errorf("%v", problem)
		}
	}()
	player, rest := name(line)
	rolls, starts := rolls(strings.Fields(rest))
	sheet.Player = player
	for at, start := range starts {
		points := rolls[start]
		if points == 10 {
			points += need(rolls, start+1, at) + need(rolls, start+2, at)
		} else {
			points += need(rolls, start+1, at)
			if points == 10 {
				points += need(rolls, start+2, at)
			}
		}
		sheet.Frames = append(sheet.Frames, points)
		sheet.Total += points
	}
	end := starts[len(starts)-1]
	used := 2
	if rolls[end] == 10 || rolls[end]+rolls[end+1] == 10 {
		used = 3
	}
	if end+used < len(rolls) {
		panic("rolls are left over")
	}
	return sheet, nil
}

func name(line string) (string, string) {
	player, rest, found := strings.Cut(line, ":")
	if !found {
		panic("no player")
	}
	player = strings.TrimSpace(player)
	if player == "" {
		panic("the player has no name")
	}
	return player, rest
}

func rolls(words []string) ([]int, []int) {
	var rolls, starts []int
	for at, word := range words {
		if strings.HasPrefix(word, "+") {
			if at == 0 || at != len(words)-1 {
				panic(fmt.Sprintf("frame %d: only the last may be earned", at+1))
			}
			before := 0
			for _, letter := range word[1:] {
				pins := roll(string(letter), before, at)
				rolls = append(rolls, pins)
				before = pins % 10
			}
			continue
		}
		starts = append(starts, len(rolls))
		if word == "X" {
			rolls = append(rolls, 10)
			continue
		}
		if len(word) != 2 {
			panic(fmt.Sprintf("frame %d: %q has not two rolls", at+1, word))
		}
		first := roll(word[:1], 0, at)
		if first == 10 {
			panic(fmt.Sprintf("frame %d: a strike is one roll", at+1))
		}
		rolls = append(rolls, first, roll(word[1:], first, at))
	}
	if len(starts) == 0 {
		panic("no frames")
	}
	if len(starts) > 10 {
		panic(fmt.Sprintf("%d frames", len(starts)))
	}
	return rolls, starts
}

func roll(letter string, before, at int) int {
	switch letter {
	case "-":
		return 0
	case "X":
		if before > 0 {
			panic(fmt.Sprintf("frame %d: a strike is one roll", at+1))
		}
		return 10
	case "/":
		if before == 0 {
			panic(fmt.Sprintf("frame %d: a spare of nothing", at+1))
		}
		return 10 - before
	}
	pins, err := strconv.Atoi(letter)
	if err != nil || pins == 0 {
		panic(fmt.Sprintf("frame %d: no roll %q", at+1, letter))
	}
	if before+pins > 9 {
		panic(fmt.Sprintf("frame %d: %d pins", at+1, before+pins))
	}
	return pins
}

func need(rolls []int, at, frame int) int {
	if at >= len(rolls) {
		panic(fmt.Sprintf("frame %d: a roll is missing", frame+1))
	}
	return rolls[at]
}

// Best are the players with the highest total of many sheets, in the order of the sheets. Sheets that cannot be read are
// told by their numbers.
func Best(lines []string) (best []string, bad []int) {
	most := -1
	for number, line := range lines {
		func() {
			defer func() {
				if recover() != nil {
					bad = append(bad, number+1)
				}
			}()
			sheet, err := Read(line)
			if err != nil {
				panic(err)
			}
			if sheet.Total > most {
				best, most = nil, sheet.Total
			}
			if sheet.Total == most {
				best = append(best, sheet.Player)
			}
		}()
	}
	return best, bad
}
