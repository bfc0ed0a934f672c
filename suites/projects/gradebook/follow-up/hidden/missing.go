package driver

import (
	"gradebook/course"
	"gradebook/marks"
	"gradebook/report"
)

func drive(emit func(any)) {
	c := course.Course{Tasks: []course.Task{{"z", 10, 1}, {"a", 20, 0}, {"m", 5, 2}}}
	show := func(text string) {
		all, err := marks.Parse(text)
		if err != nil {
			panic(err)
		}
		emit(report.Missing(c, all))
	}
	show("Ada;a;1\nBo;x;1\nCy;z;0\nCy;m;-\nCy;a;3\nDan;m;2\nDan;m;-")
	show("Ada;a;1\nAda;m;2\nAda;z;3")
	emit(len(report.Missing(c, nil)))
	emit(len(report.Missing(course.Course{}, []marks.Mark{{Student: "Ada", Task: "a"}})))
}
