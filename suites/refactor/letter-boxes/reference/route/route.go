// Package route says where a letter goes within a company.
package route

import "strings"

// Letter is what came in.
type Letter struct {
	To      string // "Ana Berg, Sales" or "Sales"
	Sender  string
	Urgent  bool
	Private bool
	Pages   int
}

// Desk is somebody who opens letters.
type Desk struct {
	Name       string
	Department string
	Away       bool
	Deputy     string
}

const mostPages = 20 // of what is copied

// address is whom a letter is for; without a name it is for a department.
type address struct {
	name, department string
}

func addressOf(l Letter) address {
	name, department, both := strings.Cut(l.To, ",")
	if !both {
		return address{department: strings.TrimSpace(name)}
	}
	return address{strings.TrimSpace(name), strings.TrimSpace(department)}
}

// Target is the box that a letter goes to, with a note for whoever carries it.
func Target(l Letter, desks []Desk) (box, note string) {
	to := addressOf(l)
	for _, d := range desks {
		if to.department != "" && !strings.EqualFold(d.Department, to.department) {
			continue
		}
		if box, note, found := boxAt(d, to, l); found {
			return box, note
		}
	}
	if l.Urgent {
		return "reception", "call " + l.Sender
	}
	return "reception", "unclear"
}

// boxAt is the box of a letter that may be for a desk.
func boxAt(d Desk, to address, l Letter) (box, note string, found bool) {
	switch {
	case to.name != "" && !strings.EqualFold(d.Name, to.name):
		return "", "", false
	case !d.Away:
		return d.Name, hurry("", l), true
	case to.name == "":
		return "", "", false
	case l.Private:
		return d.Name, "keep until back", true
	}
	return d.Deputy, hurry("for "+d.Name, l), d.Deputy != ""
}

// hurry is a note, with a word more for an urgent letter.
func hurry(note string, l Letter) string {
	switch {
	case !l.Urgent:
		return note
	case note == "":
		return "at once"
	}
	return note + ", at once"
}

// Copy is the box that a copy goes to, if there is one.
func Copy(l Letter, desks []Desk) (box string, made bool) {
	to := addressOf(l)
	if l.Private || l.Pages > mostPages || to.name == "" {
		return "", false
	}
	for _, d := range desks {
		meant := strings.EqualFold(d.Department, to.department) && strings.EqualFold(d.Name, to.name)
		if meant && d.Away && d.Deputy != "" {
			return d.Name, true
		}
	}
	return "", false
}
