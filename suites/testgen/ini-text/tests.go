package ini

import (
	"errors"
	"slices"
	"testing"
)

func read(t *testing.T, text string) *Settings {
	t.Helper()
	s, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestValues(t *testing.T) {
	s := read(t, " b = red = or blue \n\n# a comment\n\t; another = 1\n[ window ] \nwidth=80\n[Z]\nx\t=\t\n[window]\na=1\n[empty]\n")
	for _, c := range [][3]string{
		{"", "b", "red = or blue"}, {"window", "width", "80"}, {"Z", "x", ""}, {"window", "a", "1"},
	} {
		if got, ok := s.Get(c[0], c[1]); got != c[2] || !ok {
			t.Errorf("%v: %q %v", c, got, ok)
		}
	}
	for _, c := range [][2]string{{"", "width"}, {"Window", "width"}, {"window", "Width"}, {"", "another"}} {
		if got, ok := s.Get(c[0], c[1]); ok {
			t.Errorf("%v: %q", c, got)
		}
	}
	if got := s.Sections(); !slices.Equal(got, []string{"", "Z", "window"}) {
		t.Errorf("%q", got)
	}
	if got := s.Keys("window"); !slices.Equal(got, []string{"width", "a"}) {
		t.Errorf("%q", got)
	}
	if got := s.Keys(""); !slices.Equal(got, []string{"b"}) {
		t.Errorf("%q", got)
	}
	if len(s.Keys("empty")) > 0 {
		t.Error(s.Keys("empty"))
	}
}

func TestErrors(t *testing.T) {
	for text, line := range map[string]int{
		"a": 1, "\n\nword": 3, "=1": 1, " = ": 1, "[]": 1, "[ ]": 1, "a=1\nb=2\na=3": 3, "[x]\na=1\n[x]\na=1": 4, "[x": 1, "x]": 1,
	} {
		_, err := Parse(text)
		var wrong *LineError
		if !errors.As(err, &wrong) || wrong.Line != line {
			t.Errorf("%q: %v", text, err)
		}
	}
	read(t, "a=1\n[x]\na=1")
}

func TestInt(t *testing.T) {
	s := read(t, "n = -12\nx = 1.5")
	if n, err := s.Int("", "n", 7); n != -12 || err != nil {
		t.Error(n, err)
	}
	if n, err := s.Int("", "m", 7); n != 7 || err != nil {
		t.Error(n, err)
	}
	if n, err := s.Int("", "x", 7); err == nil {
		t.Error(n)
	}
}
