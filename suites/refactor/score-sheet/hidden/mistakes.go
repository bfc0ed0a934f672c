package driver

import "scoresheet/score"

func drive(emit func(any)) {
	for _, line := range []string{
		"", "Ada", ": 81", "  : X", "Ada:", "Ada: +5", "Ada: 81 +5", "Ada: X", "Ada: X 5-", "Ada: X X 5-", "Ada: 5/", "Ada: 5/ 3- +4",
		"Ada: X +5", "Ada: X +555", "Ada: X +54", "Ada: X +46", "Ada: X +5X", "Ada: X +", "Ada: 5/ +5-", "Ada: X +5- 81", "Ada: 81 +5 -- --",
		"Ada: 8", "Ada: 811", "Ada: XX", "Ada: X5", "Ada: 5X", "Ada: /5", "Ada: //", "Ada: 55", "Ada: 91", "Ada: 0-", "Ada: -0", "Ada: a5", "Ada: 5b",
		"Ada: ö", "Ada: -- -- -- -- -- -- -- -- -- -- --", "Ada: 1- 2- x", "Ada: X +ö5", "Ada: X +X", "Ada: 81 + ", "Ada: ++", "Ada: -X", "Ada: X +-/",
	} {
		sheet, err := score.Read(line)
		emit([]any{line, sheet.Player, len(sheet.Frames), sheet.Total, err})
	}
}
