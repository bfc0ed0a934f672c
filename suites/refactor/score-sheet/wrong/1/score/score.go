// Package score reads the sheets of a bowling club and adds them up.
package score

import (
	"errors"
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
func Read(line string) (Sheet, error) {
	player, rest, found := strings.Cut(line, ":")
	if !found {
		return Sheet{}, errors.New("no player")
	}
	sheet := Sheet{Player: strings.TrimSpace(player)}
	if sheet.Player == "" {
		return Sheet{}, errors.New("the player has no name")
	}
	game, err := read(strings.Fields(rest))
	if err != nil {
		return Sheet{}, err
	}
	for frame := range game.starts {
		points, err := game.points(frame)
		if err != nil {
			return sheet, err
		}
		sheet.Frames = append(sheet.Frames, points)
		sheet.Total += points
	}
	if game.leftOver() {
		return Sheet{}, errors.New("rolls are left over")
	}
	return sheet, nil
}

var errStrike = errors.New("a strike is one roll")

// game is all rolls, and with which of them the frames begin.
type game struct {
	rolls, starts []int
}

func read(words []string) (game, error) {
	var game game
	for at, word := range words {
		var rolls []int
		var err error
		if earned, is := strings.CutPrefix(word, "+"); is {
			if at == 0 || at != len(words)-1 {
				err = errors.New("only the last may be earned")
			} else {
				rolls, err = several(earned)
			}
		} else {
			game.starts = append(game.starts, len(game.rolls))
			rolls, err = frame(word)
		}
		if err != nil {
			return game, fmt.Errorf("frame %d: %w", at+1, err)
		}
		game.rolls = append(game.rolls, rolls...)
	}
	switch count := len(game.starts); {
	case count == 0:
		return game, errors.New("no frames")
	case count > 10:
		return game, fmt.Errorf("%d frames", count)
	}
	return game, nil
}

// frame is the rolls of a frame.
func frame(word string) ([]int, error) {
	if word == "X" {
		return []int{10}, nil
	}
	if len(word) != 2 {
		return nil, fmt.Errorf("%q has not two rolls", word)
	}
	first, err := roll(word[:1], 0)
	if err != nil {
		return nil, err
	}
	if first == 10 {
		return nil, errStrike
	}
	second, err := roll(word[1:], first)
	return []int{first, second}, err
}

// several is the rolls that a strike or a spare has earned.
func several(word string) ([]int, error) {
	var rolls []int
	before := 0
	for _, letter := range word {
		pins, err := roll(string(letter), before)
		if err != nil {
			return nil, err
		}
		rolls = append(rolls, pins)
		before = pins % 10
	}
	return rolls, nil
}

// roll is the pins that a roll hits when so many of the ten are down.
func roll(letter string, before int) (int, error) {
	pins, err := strconv.Atoi(letter)
	switch {
	case letter == "-":
		return 0, nil
	case letter == "X" && before > 0:
		return 0, errStrike
	case letter == "X":
		return 10, nil
	case letter == "/" && before == 0:
		return 0, errors.New("a spare of nothing")
	case letter == "/":
		return 10 - before, nil
	case err != nil || pins == 0:
		return 0, fmt.Errorf("no roll %q", letter)
	case before+pins > 9:
		return 0, fmt.Errorf("%d pins", before+pins)
	}
	return pins, nil
}

// points is what a frame counts.
func (g game) points(frame int) (int, error) {
	rolls := g.rolls[g.starts[frame]:]
	count := 2
	if rolls[0] == 10 || len(rolls) > 1 && rolls[0]+rolls[1] == 10 {
		count = 3
	}
	if len(rolls) < count {
		return 0, fmt.Errorf("frame %d: a roll is missing", frame+1)
	}
	points := 0
	for _, pins := range rolls[:count] {
		points += pins
	}
	return points, nil
}

// leftOver is whether there are rolls that count for no frame.
func (g game) leftOver() bool {
	last := g.rolls[g.starts[len(g.starts)-1]:]
	return len(last) > 3 || len(last) == 3 && last[0] != 10 && last[0]+last[1] != 10
}

// Best are the players with the highest total of many sheets, in the order of the sheets. Sheets that cannot be read are
// told by their numbers.
func Best(lines []string) (best []string, bad []int) {
	most := -1
	for number, line := range lines {
		sheet, err := Read(line)
		if err != nil {
			bad = append(bad, number+1)
			continue
		}
		if sheet.Total > most {
			best, most = nil, sheet.Total
		}
		if sheet.Total == most {
			best = append(best, sheet.Player)
		}
	}
	return best, bad
}
