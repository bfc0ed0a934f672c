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
	terms := []Term{}
	i := 0
	for i < len(text) {
		if text[i] == ' ' || text[i] == '\t' {
			i++
			continue
		}
		term := Term{}
		start := i
		if text[i] == '-' {
			if i+1 < len(text) && text[i+1] != ' ' && text[i+1] != '\t' {
				term.Not = true
				i++
			} else {
				return nil, fmt.Errorf("%d: nothing behind -", i)
			}
		}
		if text[i] == '"' {
			value := ""
			i++
			closed := false
			for i < len(text) {
				if text[i] == '\\' {
					if i+1 < len(text) && (text[i+1] == '"' || text[i+1] == '\\') {
						value += text[i+1 : i+2]
						i += 2
					} else {
						return nil, fmt.Errorf("%d: no such escape", i)
					}
				} else if text[i] == '"' {
					closed = true
					i++
					break
				} else {
					value += text[i : i+1]
					i++
				}
			}
			if !closed {
				return nil, fmt.Errorf("%d: phrase without end", start)
			}
			term.Value = value
		} else {
			word := ""
			for i < len(text) && text[i] != ' ' && text[i] != '\t' && text[i] != ':' && text[i] != '=' && text[i] != '<' && text[i] != '>' && text[i] != '"' {
				word += text[i : i+1]
				i++
			}
			if i < len(text) && (text[i] == ':' || text[i] == '=' || text[i] == '<' || text[i] == '>') {
				if word == "" {
					return nil, fmt.Errorf("%d: operator without a field", i)
				}
				term.Field = strings.ToLower(word)
				term.Operator = text[i : i+1]
				i++
				if i < len(text) && text[i] == '=' && (term.Operator == "<" || term.Operator == ">") {
					term.Operator += "="
					i++
				}
				if i < len(text) && text[i] == '"' {
					value := ""
					begin := i
					i++
					closed := false
					for i < len(text) {
						if text[i] == '\\' {
							if i+1 < len(text) && (text[i+1] == '"' || text[i+1] == '\\') {
								value += text[i+1 : i+2]
								i += 2
							} else {
								return nil, fmt.Errorf("%d: no such escape", i)
							}
						} else if text[i] == '"' {
							closed = true
							i++
							break
						} else {
							value += text[i : i+1]
							i++
						}
					}
					if !closed {
						return nil, fmt.Errorf("%d: phrase without end", begin)
					}
					term.Value = value
				} else {
					value := ""
					for i < len(text) && text[i] != ' ' && text[i] != '\t' && text[i] != '"' {
						value += text[i : i+1]
						i++
					}
					if value == "" {
						return nil, fmt.Errorf("%d: field without a value", i)
					}
					term.Value = value
				}
			} else {
				term.Value = word
			}
		}
		if i < len(text) && text[i] != ' ' && text[i] != '\t' {
			return nil, fmt.Errorf("%d: a space is missing", i)
		}
		terms = append(terms, term)
	}
	return terms, nil
}
