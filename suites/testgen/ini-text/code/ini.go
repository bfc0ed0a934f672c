// Package ini reads settings.
package ini

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// LineError is a line that cannot be read.
type LineError struct {
	Line int
	Why  string
}

// Error says which line it is.
func (e *LineError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Why) }

// Settings are values by section and key.
type Settings struct {
	values map[[2]string]string
	keys   map[string][]string
}

// Parse reads settings.
func Parse(text string) (*Settings, error) {
	s := &Settings{map[[2]string]string{}, map[string][]string{}}
	section := ""
	for number, raw := range strings.Split(text, "\n") {
		line := strings.Trim(raw, " \t")
		if line == "" || line[0] == '#' || line[0] == ';' {
			continue
		}
		if line[0] == '[' && line[len(line)-1] == ']' {
			section = strings.TrimSpace(line[1 : len(line)-1])
			if section == "" {
				return nil, &LineError{number + 1, "a section without a name"}
			}
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		key = strings.TrimSpace(key)
		value = strings.TrimSpace(value)
		if !ok || key == "" {
			return nil, &LineError{number + 1, "no setting"}
		}
		id := [2]string{section, key}
		if _, twice := s.values[id]; twice {
			return nil, &LineError{number + 1, "a key that was there before"}
		}
		s.values[id] = value
		s.keys[section] = append(s.keys[section], key)
	}
	return s, nil
}

// Get is a value.
func (s *Settings) Get(section, key string) (string, bool) {
	value, ok := s.values[[2]string{section, key}]
	return value, ok
}

// Int is a value as a number.
func (s *Settings) Int(section, key string, fallback int) (int, error) {
	value, ok := s.Get(section, key)
	if !ok {
		return fallback, nil
	}
	return strconv.Atoi(value)
}

// Sections are the names of sections.
func (s *Settings) Sections() []string {
	return slices.Sorted(maps.Keys(s.keys))
}

// Keys are the keys of a section.
func (s *Settings) Keys(section string) []string {
	return slices.Clone(s.keys[section])
}
