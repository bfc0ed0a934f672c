package driver

import "gradebook/marks"

func drive(emit func(any)) {
	all, err := marks.Parse("# marks\n\n Ada ; essay;7,5 \n  # again\nBo;exam; - \nCy;exam;0")
	emit(err == nil)
	for _, mark := range all {
		emit([]any{mark.Student, mark.Task, mark.Points, mark.Excused})
	}
	for _, text := range []string{"\nAda;essay", "Ada;essay;x", "Ada;essay;-1", "Ada;essay;1;2", "Ada;essay;"} {
		_, err = marks.Parse(text)
		emit(err)
	}
}
