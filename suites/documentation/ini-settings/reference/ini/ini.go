// Package ini reads settings: keys with values, in sections.
package ini

import (
	"fmt"
	"strconv"
	"strings"
)

// File has the settings of a text. It is never changed, so several goroutines may use it at once.
type File struct {
	names  []string
	values map[string]map[string][]string
}

// SyntaxError is what Parse returns for a text that cannot be read.
type SyntaxError struct {
	// Line is where it is wrong; the first line is 1.
	Line int
	// Reason is what is wrong there.
	Reason string
}

// Error is the line and the reason.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("line %d: %s", e.Line, e.Reason)
}

// Parse reads a text. At the first line that is neither empty, a comment, a section nor a key with a value it stops, and returns no
// file and a *SyntaxError. Sections that are repeated are continued.
func Parse(text string) (*File, error) {
	file := &File{values: map[string]map[string][]string{}}
	section, key := "", ""
	for number, line := range strings.Split(text, "\n") {
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "":
			key = ""
		case trimmed[0] == '#' || trimmed[0] == ';':
		case key != "" && (line[0] == ' ' || line[0] == '\t'):
			values := file.values[section][key]
			values[len(values)-1] += "\n" + trimmed
		case trimmed[0] == '[':
			if len(trimmed) < 3 || trimmed[len(trimmed)-1] != ']' {
				return nil, &SyntaxError{number + 1, "a section is written [name]"}
			}
			section, key = trimmed[1:len(trimmed)-1], ""
			file.open(section)
		default:
			at := strings.IndexAny(trimmed, "=:")
			if at < 1 {
				return nil, &SyntaxError{number + 1, "neither a section nor a key with a value"}
			}
			value := strings.TrimSpace(trimmed[at+1:])
			if strings.HasPrefix(value, `"`) {
				plain, err := strconv.Unquote(value)
				if err != nil {
					return nil, &SyntaxError{number + 1, "a value with quotes that do not end, or with text behind them"}
				}
				value = plain
			}
			key = strings.ToLower(strings.TrimSpace(trimmed[:at]))
			file.open(section)
			file.values[section][key] = append(file.values[section][key], value)
		}
	}
	return file, nil
}

func (f *File) open(section string) {
	if f.values[section] == nil {
		f.names = append(f.names, section)
		f.values[section] = map[string][]string{}
	}
}

// Sections are the names of the sections in the order of the text. The empty name is among them if keys stand above
// the first section.
func (f *File) Sections() []string {
	return append([]string(nil), f.names...)
}

// Get is the last value of a key, and whether there is one. Capitals of the key do not matter, those of the section do.
func (f *File) Get(section, key string) (string, bool) {
	values := f.All(section, key)
	if len(values) == 0 {
		return "", false
	}
	return values[len(values)-1], true
}

// All has all values of a key that is repeated, in the order of the text; none if there is no such key.
func (f *File) All(section, key string) []string {
	return append([]string(nil), f.values[section][strings.ToLower(key)]...)
}

// Bool is true for yes, on, true and 1, and false for no, off, false and 0, in capitals or not. Without the key it is
// otherwise; for another value too, and an error is returned beside it.
func (f *File) Bool(section, key string, otherwise bool) (bool, error) {
	value, ok := f.Get(section, key)
	if !ok {
		return otherwise, nil
	}
	switch strings.ToLower(value) {
	case "yes", "on", "true", "1":
		return true, nil
	case "no", "off", "false", "0":
		return false, nil
	}
	return otherwise, fmt.Errorf("[%s] %s: %q is neither yes nor no", section, key, value)
}
