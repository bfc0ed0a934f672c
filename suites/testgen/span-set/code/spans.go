// Package spans keeps a set of whole numbers as spans.
package spans

import "slices"

// Span has the numbers from one to before another.
type Span struct {
	From, To int
}

// Set is a set of numbers; the zero set is empty.
type Set struct {
	spans []Span
}

// Add puts numbers into the set.
func (s *Set) Add(added Span) {
	if added.To <= added.From {
		return
	}
	var spans []Span
	for _, span := range s.spans {
		if span.To < added.From || span.From > added.To {
			spans = append(spans, span)
			continue
		}
		added.From = min(added.From, span.From)
		added.To = max(added.To, span.To)
	}
	at := 0
	for at < len(spans) && spans[at].From < added.From {
		at++
	}
	s.spans = slices.Insert(spans, at, added)
}

// Remove takes numbers out of the set.
func (s *Set) Remove(removed Span) {
	if removed.To <= removed.From {
		return
	}
	var spans []Span
	for _, span := range s.spans {
		if span.From < removed.From {
			spans = append(spans, Span{span.From, min(span.To, removed.From)})
		}
		if span.To > removed.To {
			spans = append(spans, Span{max(span.From, removed.To), span.To})
		}
	}
	s.spans = spans
}

// Spans are those of the set.
func (s *Set) Spans() []Span {
	return slices.Clone(s.spans)
}

// Has tells whether a number is in the set.
func (s *Set) Has(n int) bool {
	next, there := s.Next(n)
	return there && next == n
}

// Size is how many numbers are in the set.
func (s *Set) Size() int {
	size := 0
	for _, span := range s.spans {
		size += span.To - span.From
	}
	return size
}

// Gaps are the spans of numbers that are not in the set.
func (s *Set) Gaps(within Span) []Span {
	var gaps []Span
	at := within.From
	for _, span := range s.spans {
		if span.From > at && at < within.To {
			gaps = append(gaps, Span{at, min(span.From, within.To)})
		}
		at = max(at, span.To)
	}
	if at < within.To {
		gaps = append(gaps, Span{at, within.To})
	}
	return gaps
}

// Next is the smallest number of the set that is at least n.
func (s *Set) Next(n int) (int, bool) {
	for _, span := range s.spans {
		if n < span.To {
			return max(n, span.From), true
		}
	}
	return 0, false
}
