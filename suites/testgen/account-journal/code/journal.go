// Package journal moves money between accounts.
package journal

import (
	"errors"
	"fmt"
	"slices"
)

// Why something cannot be booked; errors wrap these.
var (
	ErrAccount = errors.New("there is no such account, or there is one already")
	ErrEntries = errors.New("the entries do not balance")
	ErrLimit   = errors.New("an account would fall below its limit")
	ErrPosting = errors.New("the posting cannot be reversed")
)

// Entry is what one account gets, or gives if it is negative.
type Entry struct {
	Account string
	Cents   int
}

type account struct{ balance, limit int }

type posting struct {
	text               string
	entries            []Entry
	reverses, reversed bool
}

// Journal holds accounts and postings.
type Journal struct {
	accounts map[string]*account
	postings []posting
}

// New makes an empty journal.
func New() *Journal { return &Journal{accounts: map[string]*account{}} }

// Open opens an account.
func (j *Journal) Open(name string, limit int) error {
	_, exists := j.accounts[name]
	if name == "" || limit < 0 || exists {
		return fmt.Errorf("%q: %w", name, ErrAccount)
	}
	j.accounts[name] = &account{0, limit}
	return nil
}

// Post books entries.
func (j *Journal) Post(text string, entries ...Entry) (int, error) {
	return j.post(text, false, entries)
}

func (j *Journal) post(text string, reverses bool, entries []Entry) (int, error) {
	sum := 0
	for _, entry := range entries {
		sum += entry.Cents
		if entry.Cents == 0 {
			return 0, ErrEntries
		}
	}
	if sum != 0 || len(entries) < 2 {
		return 0, ErrEntries
	}
	after := map[string]int{}
	for _, entry := range entries {
		has := j.accounts[entry.Account]
		if has == nil {
			return 0, ErrAccount
		}
		if _, seen := after[entry.Account]; !seen {
			after[entry.Account] = has.balance
		}
		after[entry.Account] += entry.Cents
	}
	for name, balance := range after {
		if balance < -j.accounts[name].limit {
			return 0, fmt.Errorf("%q: %w", name, ErrLimit)
		}
	}
	for name, balance := range after {
		j.accounts[name].balance = balance
	}
	j.postings = append(j.postings, posting{text, slices.Clone(entries), reverses, false})
	return len(j.postings), nil
}

// Reverse books the opposite of a posting.
func (j *Journal) Reverse(number int) (int, error) {
	if number < 1 || number > len(j.postings) {
		return 0, ErrPosting
	}
	was := j.postings[number-1]
	if was.reverses || was.reversed {
		return 0, ErrPosting
	}
	back := []Entry{}
	for _, entry := range was.entries {
		back = append(back, Entry{entry.Account, -entry.Cents})
	}
	booked, err := j.post(fmt.Sprintf("reversal of %d", number), true, back)
	if err == nil {
		j.postings[number-1].reversed = true
	}
	return booked, err
}

// Balance is what an account has.
func (j *Journal) Balance(name string) (int, bool) {
	if has := j.accounts[name]; has != nil {
		return has.balance, true
	}
	return 0, false
}

// Text is that of a posting, empty where there is none.
func (j *Journal) Text(number int) string {
	if number < 1 || number > len(j.postings) {
		return ""
	}
	return j.postings[number-1].text
}

// History lists the postings of an account.
func (j *Journal) History(name string) []int {
	numbers := []int{}
	for i, one := range j.postings {
		if slices.ContainsFunc(one.entries, func(entry Entry) bool { return entry.Account == name }) {
			numbers = append(numbers, i+1)
		}
	}
	return numbers
}
