// Package desk lends tools. Days are numbers, money is in cents.
package desk

import "fmt"

const (
	Days   = 14 // that a loan lasts, and an extension
	PerDay = 30 // cents for each day that a tool is late
	Most   = 500
)

// Reader is somebody who borrows tools.
type Reader struct {
	Name string
	Owes int
}

// Loan is a tool that somebody has, until a day.
type Loan struct {
	Reader string
	Until  int
}

// Refusal says why something is not possible.
type Refusal struct {
	Reason string
}

func (r *Refusal) Error() string {
	if r == nil {
		return "refused"
	}
	return "refused: " + r.Reason
}

// Desk knows who has what.
type Desk struct {
	readers  map[string]Reader
	loans    map[string]Loan
	reserved map[string]bool
}

// New is a desk with readers, by their names.
func New(names ...string) *Desk {
	d := &Desk{readers: map[string]Reader{}, loans: map[string]Loan{}, reserved: map[string]bool{}}
	for _, name := range names {
		d.readers[name] = Reader{Name: name}
	}
	return d
}

// Lend gives a tool to a reader for so many days as a loan lasts.
func (d *Desk) Lend(item, name string, today int) error {
	reader, known := d.readers[name]
	if !known {
		return &Refusal{"nobody is called " + name}
	}
	if loan, lent := d.loans[item]; lent {
		return &Refusal{fmt.Sprintf("%s has it until day %d", loan.Reader, loan.Until)}
	}
	if reader.Owes > Most {
		return &Refusal{fmt.Sprintf("%s owes %d cents", name, reader.Owes)}
	}
	d.loans[item] = Loan{Reader: name, Until: today + Days}
	return nil
}

// Reserve keeps others from extending their loan of a tool, until it is back.
func (d *Desk) Reserve(item string) {
	d.reserved[item] = true
}

// Extend makes a loan longer by so many days as a loan lasts, unless it is refused.
func (d *Desk) Extend(item string) error {
	if loan, lent := d.loans[item]; lent && !d.reserved[item] {
		loan.Until += Days
		d.loans[item] = loan
	}
	return d.refusal(item)
}

// refusal says why a loan cannot be extended, if it cannot.
func (d *Desk) refusal(item string) *Refusal {
	if _, lent := d.loans[item]; !lent {
		return &Refusal{"nobody has it"}
	}
	if d.reserved[item] {
		return &Refusal{"it is reserved"}
	}
	return nil
}

// Return takes a tool back, and returns what the reader owes for its being late; that is added to what they owe already.
func (d *Desk) Return(item string, today int) (int, error) {
	loan, lent := d.loans[item]
	if !lent {
		return 0, &Refusal{"nobody has it"}
	}
	delete(d.loans, item)
	delete(d.reserved, item)
	late := max(0, today-loan.Until)
	reader := d.readers[loan.Reader]
	reader.Owes += late * PerDay
	return late * PerDay, nil
}

// Owes is what a reader has to pay.
func (d *Desk) Owes(name string) int {
	return d.readers[name].Owes
}

// Pay takes money, up to what a reader owes, and returns what is too much.
func (d *Desk) Pay(name string, cents int) int {
	reader, known := d.readers[name]
	if !known {
		return cents
	}
	paid := min(cents, reader.Owes)
	reader.Owes -= paid
	d.readers[name] = reader
	return cents - paid
}

// Overdue lists what should be back by now, in the order of the lines: "drill: Ana, 3 days".
func (d *Desk) Overdue(today int) []string {
	lines := []string{}
	for item, loan := range d.loans {
		if late := today - loan.Until; late > 0 {
			lines = append(lines, fmt.Sprintf("%s: %s, %d days", item, loan.Reader, late))
		}
	}
	return lines
}
