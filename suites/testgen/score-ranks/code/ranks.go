// Package ranks ranks players.
package ranks

import (
	"slices"
	"strings"
)

// Row is a player with a place.
type Row struct {
	Place  int
	Name   string
	Points int
}

// Rank gives everybody a place.
func Rank(scores map[string]int) []Row {
	rows := []Row{}
	for name, points := range scores {
		rows = append(rows, Row{0, name, points})
	}
	slices.SortFunc(rows, func(a, b Row) int {
		if a.Points != b.Points {
			return b.Points - a.Points
		}
		return strings.Compare(a.Name, b.Name)
	})
	for i := range rows {
		rows[i].Place = i + 1
		if i > 0 && rows[i].Points == rows[i-1].Points {
			rows[i].Place = rows[i-1].Place
		}
	}
	return rows
}

// Top gives the rows up to a place.
func Top(rows []Row, n int) []Row {
	top := []Row{}
	for _, row := range rows {
		if row.Place <= n {
			top = append(top, row)
		}
	}
	return top
}

// Medal is what a place gets.
func Medal(place int) string {
	switch place {
	case 1:
		return "gold"
	case 2:
		return "silver"
	case 3:
		return "bronze"
	}
	return ""
}

// Ahead is how far the next better place is.
func Ahead(rows []Row, name string) int {
	better := 0
	if len(rows) > 0 {
		better = rows[0].Points
	}
	for i, row := range rows {
		if i > 0 && row.Points < rows[i-1].Points {
			better = rows[i-1].Points
		}
		if row.Name == name {
			return better - row.Points
		}
	}
	return 0
}
