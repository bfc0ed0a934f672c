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

// Target is the box that a letter goes to, with a note for whoever carries it.
func Target(l Letter, desks []Desk) (box, note string) {
	return find(l, desks, true, false)
}

// Copy is the box that a copy goes to, if there is one.
func Copy(l Letter, desks []Desk) (box string, made bool) {
	box, note := find(l, desks, false, true)
	return box, note != "none"
}

func find(l Letter, desks []Desk, withNote bool, asCopy bool) (string, string) {
	name, department, both := strings.Cut(l.To, ",")
	name = strings.TrimSpace(name)
	department = strings.TrimSpace(department)
	if !both {
		department = name
		name = ""
	}
	if asCopy {
		if l.Private || l.Pages > 20 {
			return "", "none"
		}
		for _, d := range desks {
			if strings.EqualFold(d.Department, department) {
				if name != "" && strings.EqualFold(d.Name, name) {
					if d.Away {
						if d.Deputy != "" {
							return d.Name, ""
						}
					}
				}
			}
		}
		return "", "none"
	}
	for _, d := range desks {
		if strings.EqualFold(d.Department, department) || department == "" {
			if name != "" {
				if strings.EqualFold(d.Name, name) {
					if d.Away {
						if l.Private {
							if withNote {
								return d.Name, "keep until back"
							}
						} else {
							if d.Deputy != "" {
								if withNote {
									if l.Urgent {
										return d.Deputy, "for " + d.Name + ", at once"
									}
									return d.Deputy, "for " + d.Name
								}
							}
						}
					} else {
						if withNote {
							if l.Urgent {
								return d.Name, "at once"
							}
							return d.Name, ""
						}
					}
				}
			} else {
				if !d.Away {
					if withNote {
						if l.Urgent {
							return d.Name, "at once"
						}
						return d.Name, ""
					}
				}
			}
		}
	}
	if l.Urgent {
		return "reception", "call " + l.Sender
	}
	return "reception", "unclear"
}
