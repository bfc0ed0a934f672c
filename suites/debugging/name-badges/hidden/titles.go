package driver

import "badges/badge"

func drive(emit func(any)) {
	for _, name := range []string{
		"Drew Durant", "Prokop Prokop", "Dr. Rhea Daré", "Prof. Dr. Dr. Martin Mrazek", "dr Ada King", "Ms Ms. Sms",
		"Dr.", "Dr.Ada King", "M. Night", "Mr. . King", "Prof Dr Professor",
	} {
		emit(badge.WithoutTitles(name))
	}
	emit(badge.Initials("Dr. Drew Rd Prof"))
	first, others := badge.Lines("Dr Mr Ms Rosa Drprof")
	emit([]string{first, others})
}
