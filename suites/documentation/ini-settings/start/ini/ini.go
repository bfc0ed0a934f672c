package ini

import (
	"fmt"
	"strconv"
	"strings"
)

type File struct {
	names  []string
	values map[string]map[string][]string
}

type SyntaxError struct {
	Line   int
	Reason string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("line %d: %s", e.Line, e.Reason)
}

// Parse reads a text. Lines that cannot be read are skipped.
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

func (f *File) Sections() []string {
	return append([]string(nil), f.names...)
}

func (f *File) Get(section, key string) (string, bool) {
	values := f.All(section, key)
	if len(values) == 0 {
		return "", false
	}
	return values[len(values)-1], true
}

func (f *File) All(section, key string) []string {
	return append([]string(nil), f.values[section][strings.ToLower(key)]...)
}

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
