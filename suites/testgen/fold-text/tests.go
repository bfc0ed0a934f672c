package fold

import (
	"reflect"
	"testing"
)

func TestLines(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  []string
	}{
		{"", 5, []string{""}},
		{"a", 0, nil},
		{"a", 1, []string{"a"}},
		{"a b c", 3, []string{"a b", "c"}},
		{"ab cd", 5, []string{"ab cd"}},
		{"ab cd", 4, []string{"ab", "cd"}},
		{" a \t b ", 9, []string{"a b"}},
		{"one\ntwo", 9, []string{"one", "two"}},
		{"a\n \nb\n", 9, []string{"a", "", "b", ""}},
		{"abcdefg", 3, []string{"abc", "def", "g"}},
		{"abcdef", 3, []string{"abc", "def"}},
		{"x abcd y", 3, []string{"x", "abc", "d y"}},
		{"x abc", 3, []string{"x", "abc"}},
		{"ä ö", 3, []string{"ä ö"}},
		{"ääää", 2, []string{"ää", "ää"}},
		{"x abcd", 6, []string{"x abcd"}},
	} {
		if got := Lines(c.text, c.width); !reflect.DeepEqual(got, c.want) {
			t.Errorf("Lines(%q, %d) is %q, not %q", c.text, c.width, got, c.want)
		}
	}
}

func TestCenter(t *testing.T) {
	for _, c := range []struct {
		line  string
		width int
		want  string
	}{{"ab", 6, "  ab"}, {"ab", 5, " ab"}, {"ab", 3, "ab"}, {"ab", 2, "ab"}, {"ab", 1, "ab"}, {"ää", 4, " ää"}} {
		if got := Center(c.line, c.width); got != c.want {
			t.Errorf("Center(%q, %d) is %q", c.line, c.width, got)
		}
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		text  string
		width int
		want  string
	}{
		{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"a bc", 3, "a…"}, {"ab", 1, "…"}, {"ab", 0, ""}, {"", 0, ""},
		{"ääää", 4, "ääää"}, {"ääää", 3, "ää…"}, {"a", 1, "a"}, {" abc", 3, " a…"},
	} {
		if got := Shorten(c.text, c.width); got != c.want {
			t.Errorf("Shorten(%q, %d) is %q", c.text, c.width, got)
		}
	}
}
