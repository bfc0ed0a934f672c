package glob

import "testing"

func TestMatch(t *testing.T) {
	for pattern, path := range map[string]string{"a*c": "abc", "a?c": "abc", "[a-f]": "c", "**": "a/b"} {
		if ok, err := Match(pattern, path); !ok || err != nil {
			t.Errorf("%q %q", pattern, path)
		}
	}
}
