package driver

import "waterworks/devices"

var all = []devices.Device{
	{Kind: "pump", Name: "P1", Size: 50, Built: 100, Checked: 400}, {Kind: "pump", Name: "P2", Size: 51, Built: 100, Checked: 50}, {Kind: "pump", Name: "P0"},
	{Kind: "filter", Name: "F1", Size: 0, Built: 10, Checked: 20}, {Kind: "filter", Name: "F2", Size: 5}, {Kind: "filter", Name: "F3", Size: 9, Built: 800},
	{Kind: "sensor", Name: "S1", Size: 1}, {Kind: "sensor", Name: "S2", Checked: 5}, {Kind: "sensor", Name: "S3", Size: 2},
	{Kind: "valve", Name: "V1", Size: 99, Checked: 3000}, {Kind: "valve", Name: "V2", Size: 100}, {Kind: "tank", Name: "T", Size: 7, Built: 3}, {Name: "?", Size: 1},
}

func drive(emit func(any)) {
	for _, d := range all {
		var problems [][]string
		for _, day := range []int{0, 730, 731, 1095, 1096, 3751, 5000} {
			problems = append(problems, devices.Problems(d, day))
		}
		emit([]any{devices.Due(d), problems})
	}
}
