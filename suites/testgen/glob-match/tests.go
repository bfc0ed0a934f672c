package glob

import (
	"errors"
	"testing"
)

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		pattern, path string
		want          bool
	}{
		{"", "", true}, {"", "a", false}, {"abc", "abc", true}, {"abc", "abd", false}, {"abc", "ab", false}, {"ab", "abc", false},
		{"abc", "ABC", false},
		{"a?c", "abc", true}, {"a?c", "aäc", true}, {"a?c", "a/c", false}, {"a?", "a", false},
		{"*", "", true}, {"*", "abc", true}, {"*", "a/b", false}, {"a*", "a", true}, {"*c", "abc", true}, {"a*c", "abd", false},
		{"a*/c", "abb/c", true}, {"*b*d", "abcd", true}, {"*/*", "a/b", true}, {"*/b", "ab", false}, {"a*b", "a/b", false},
		{"**", "a/b/c", true}, {"**", "", true}, {"a**c", "a/b/c", true}, {"**/c", "a/b/c", true}, {"**.go", "x/y.go", true}, {"***", "a/b", true},
		{"a**", "a", true}, {"a**d", "a/b/c", false},
		{"[abc]", "b", true}, {"[abc]", "c", true}, {"[abc]", "d", false}, {"[abc]", "", false}, {"[abc]", "ab", false},
		{"[a-f]", "a", true}, {"[a-f]", "f", true}, {"[a-f]", "g", false}, {"[a-fx]", "x", true}, {"[a-fx-z]", "y", true},
		{"[!a]", "b", true}, {"[!a]", "a", false}, {"[!a-c]", "b", false}, {"[!a]", "/", false}, {"[/]", "/", true}, {"[!a]", "", false},
		{"[a!]", "!", true}, {"[*?]", "?", true}, {"[*]", "a", false}, {"[-a]", "-", true}, {"[a-]", "-", true}, {"[a-]", "b", false}, {"[-a]", "A", false},
		{"[a]b", "ab", true}, {"[\\]", "\\", true}, {"a]", "a]", true},
		{"\\*", "*", true}, {"\\*", "a", false}, {"\\[a", "[a", true}, {"\\a", "a", true}, {"\\\\", "\\", true}, {"\\?b", "?b", true},
		{"[a-a]", "a", true}, {"[é-ü]", "ö", true},
	} {
		if got, err := Match(c.pattern, c.path); err != nil || got != c.want {
			t.Errorf("Match(%q, %q) is %v, %v", c.pattern, c.path, got, err)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, pattern := range []string{"[", "[a", "a[", "[]", "[!]", "[f-a]", "[a-cz-x]", "\\", "a\\", "x[", "zzz[]"} {
		if got, err := Match(pattern, "a"); got || !errors.Is(err, ErrPattern) {
			t.Errorf("Match(%q) is %v, %v", pattern, got, err)
		}
	}
}
