// Package query reads what people write into the search field of a log: words, fields and phrases.
package query

import (
	"fmt"
	"strings"
)

// Term is a part of a query: level:error, -debug, "out of memory", count>=10.
type Term struct {
	Field    string // empty: the text
	Operator string // ":", "=", "<", "<=", ">", ">=", empty without a field
	Value    string
	Not      bool
}

// Parse reads the terms of a query. The error names the place, counted from 0 in bytes.
func Parse(text string) ([]Term, error) {
	r := &reader{text: text}
	terms := []Term{}
	for r.run(" \t"); !r.ended(); r.run(" \t") {
		term, err := r.term()
		if err != nil {
			return nil, err
		}
		if !r.ended() && !r.stands(" \t") {
			return nil, fmt.Errorf("%d: a space is missing", r.at)
		}
		terms = append(terms, term)
	}
	return terms, nil
}

func (r *reader) term() (Term, error) {
	start := r.at
	not := r.take("-")
	if not && (r.ended() || r.stands(" \t")) {
		return Term{}, fmt.Errorf("%d: nothing behind -", start)
	}
	if r.stands(`"`) {
		value, err := r.phrase(start)
		return Term{Value: value, Not: not}, err
	}
	word := r.until(" \t:=<>\"")
	if !r.stands(":=<>") {
		return Term{Value: word, Not: not}, nil
	}
	if word == "" {
		return Term{}, fmt.Errorf("%d: operator without a field", r.at)
	}
	operator := r.operator()
	value, err := r.value()
	return Term{strings.ToLower(word), operator, value, not}, err
}

func (r *reader) operator() string {
	start := r.at
	r.at++
	if r.text[start] == '<' || r.text[start] == '>' {
		r.take("=")
	}
	return r.text[start:r.at]
}

// value is what stands behind an operator.
func (r *reader) value() (string, error) {
	if r.stands(`"`) {
		return r.phrase(r.at)
	}
	value := r.until(" \t\"")
	if value == "" {
		return "", fmt.Errorf("%d: field without a value", r.at)
	}
	return value, nil
}

// phrase reads what stands between quotation marks; start is the place that an error names.
func (r *reader) phrase(start int) (string, error) {
	r.take(`"`)
	value := ""
	for !r.ended() {
		value += r.until(`\"`)
		switch {
		case r.take(`"`):
			return value, nil
		case r.take(`\`):
			if !r.stands(`\"`) {
				return "", fmt.Errorf("%d: no such escape", r.at-1)
			}
			value += r.text[r.at : r.at+1]
			r.at++
		}
	}
	return "", fmt.Errorf("%d: phrase without end", start)
}
