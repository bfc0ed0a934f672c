package desk

import (
	"errors"
	"fmt"
)

// Why something cannot be done.
var (
	ErrUsed    = errors.New("the id was used before")
	ErrNone    = errors.New("no ticket waits")
	ErrState   = errors.New("the ticket is not assigned")
	ErrUnknown = errors.New("there is no such ticket")
)

const patience = 60 // minutes after which every ticket is urgent

type state int

const (
	waiting state = iota
	assigned
	closed
)

type ticket struct {
	id     string
	opened int
	urgent bool
	state  state
}

// Desk keeps tickets.
type Desk struct{ tickets map[string]*ticket }

// Record is a ticket to be opened.
type Record struct {
	ID     string
	Opened int
	Urgent bool
}

// New makes an empty desk.
func New() *Desk { return &Desk{map[string]*ticket{}} }

// Open opens a ticket.
func (d *Desk) Open(id string, now int, urgent bool) error {
	if d.tickets[id] != nil {
		return ErrUsed
	}
	d.tickets[id] = &ticket{id: id, opened: now, urgent: urgent}
	return nil
}

// Next assigns a ticket.
func (d *Desk) Next(now int) (string, error) {
	var next *ticket
	for _, one := range d.tickets {
		if one.state == waiting && (next == nil || before(one, next, now)) {
			next = one
		}
	}
	if next == nil {
		return "", ErrNone
	}
	next.state = assigned
	return next.id, nil
}

// before tells whether one ticket comes before another.
func before(one, other *ticket, now int) bool {
	if first, second := presses(one, now), presses(other, now); first != second {
		return first
	}
	if one.opened == other.opened && one.id != other.id {
		return one.id < other.id
	}
	return one.opened < other.opened
}

func presses(t *ticket, now int) bool {
	return t.urgent || now-t.opened >= patience
}

// Return makes a ticket wait again.
func (d *Desk) Return(id string) error { return d.move(id, waiting) }

// Close closes a ticket.
func (d *Desk) Close(id string) error { return d.move(id, closed) }

func (d *Desk) move(id string, to state) error {
	one := d.tickets[id]
	if one == nil {
		return ErrUnknown
	}
	if one.state != assigned {
		return ErrState
	}
	one.state = to
	return nil
}

// Waiting counts waiting tickets.
func (d *Desk) Waiting() int {
	count := 0
	for _, one := range d.tickets {
		if one.state == waiting {
			count++
		}
	}
	return count
}

// Load opens many tickets.
func (d *Desk) Load(records []Record) (int, error) {
	for count, record := range records {
		if err := d.Open(record.ID, record.Opened, record.Urgent); err != nil {
			// what was opened so far stays
			return count, fmt.Errorf("ticket %s: %w", record.ID, err)
		}
	}
	return len(records), nil
}
