package ring

// Reader reads a journal, message by message.
type Reader struct {
	journal *Journal
	at      int // the number of the next message
}

// Reader begins with the oldest message that is kept.
func (j *Journal) Reader() *Reader {
	return &Reader{j, j.first}
}

// Next is the next message, if there is one. Missed is how many messages before it are kept no more, that this reader
// has not read; it is told once, with the message behind them.
func (r *Reader) Next() (text string, missed int, more bool) {
	if r.at >= r.journal.next {
		return "", 0, false
	}
	if r.at < r.journal.first {
		r.at = r.journal.first
		missed = r.journal.first - r.at
	}
	text, more = r.journal.Find(r.at)
	if more {
		r.at++
	}
	return text, missed, more
}

// Behind is how many messages are kept that this reader has not read.
func (r *Reader) Behind() int {
	return r.journal.next - max(r.at, r.journal.first)
}
