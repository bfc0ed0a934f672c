package driver

import "scoresheet/score"

func drive(emit func(any)) {
	sheet, err := score.Read("Ada: X 9/ 81")
	emit([]any{sheet.Player, sheet.Frames, sheet.Total, err})
	sheet, err = score.Read("Ada: X 9")
	emit([]any{sheet.Player, err})
	best, bad := score.Best([]string{"Ada: 81", "Bo 9", "Cy: 9-"})
	emit([]any{best, bad})
}
