package driver

import "scoresheet/score"

func drive(emit func(any)) {
	for _, line := range []string{
		"Ada: X X X X X X X X X X +XX", " Bo the second :  -- ", "Cy:5/ +5", "Cy:5/ +X", "Cy: -/ 5-", "Dee: X +5/", "Dee: X +--",
		"Dee: 9/ X X 11", "Eva: 81 72 63 54 45 36 27 18 9- -9", "Eva: X 5/ X 5/ +X", "A:b: 11", "Fay: X +X5", "Fay: X +-5", "Fay: 5/ +-",
	} {
		sheet, err := score.Read(line)
		emit([]any{sheet.Player, sheet.Frames, sheet.Total, err})
	}
}
