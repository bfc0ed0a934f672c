// Package ring keeps the latest messages.
package ring

// Journal keeps a number of messages at most: a new one takes the place of the oldest. Messages are numbered from 0,
// for good.
type Journal struct {
	entries []string // message n in the slot n % len(entries)
	first   int      // the number of the oldest message that is kept
	next    int      // the number of the next message
}

// New is an empty journal for so many messages.
func New(capacity int) *Journal {
	return &Journal{entries: make([]string, capacity)}
}

// Append puts a message at the end and returns its number.
func (j *Journal) Append(text string) int {
	number := j.next
	j.entries[j.slot(number)] = text
	j.next++
	j.first = max(j.first, j.next-len(j.entries))
	return number
}

// Len is how many messages are kept.
func (j *Journal) Len() int {
	return j.next - j.first
}

// Find is the message with a number, if it is kept.
func (j *Journal) Find(number int) (string, bool) {
	if number < j.next-len(j.entries) || number >= j.next {
		return "", false
	}
	return j.entries[j.slot(number)], true
}

// Since are the messages that are kept, from a number on.
func (j *Journal) Since(number int) []string {
	texts := []string{}
	for number = max(number, j.first); number < j.next; number++ {
		text, kept := j.Find(number)
		if kept {
			texts = append(texts, text)
		}
	}
	return texts
}

// Drop takes away all messages before a number.
func (j *Journal) Drop(number int) {
	j.first = max(j.first, min(number, j.next))
}

// Resize makes room for so many messages. Those that are kept stay, with their numbers; if they are too many, the
// newest ones do.
func (j *Journal) Resize(capacity int) {
	entries := make([]string, capacity)
	copy(entries, j.entries)
	j.entries = entries
	j.first = max(j.first, j.next-capacity)
}

func (j *Journal) slot(number int) int {
	return number % len(j.entries)
}
