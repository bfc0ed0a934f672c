package query

import (
	"slices"
	"testing"
)

func TestThereAndBack(t *testing.T) {
	pairs := []Pair{{"a b", "1+1=2"}, {"&x=", "50%"}, {"ü", "~"}, {"e", ""}}
	text := Encode(pairs)
	if text != "a+b=1%2B1%3D2&%26x%3D=50%25&%C3%BC=~&e=" {
		t.Error(text)
	}
	if got, err := Decode(text); err != nil || !slices.Equal(got, pairs) {
		t.Error(got, err)
	}
}

func TestDecode(t *testing.T) {
	got, err := Decode("&a&b=%2f%2F&&=c&d=1=2")
	if err != nil || !slices.Equal(got, []Pair{{"a", ""}, {"b", "//"}, {"", "c"}, {"d", "1=2"}}) {
		t.Error(got, err)
	}
	for _, text := range []string{"a=%", "%2=a", "a=%g0", "a=%2", "%+1", "a=%-1"} {
		func() {
			defer func() {
				if p := recover(); p != nil {
					t.Errorf("%q: %v", text, p)
				}
			}()
			if got, err := Decode(text); err != ErrSyntax {
				t.Errorf("%q: %v %v", text, got, err)
			}
		}()
	}
}

func TestQuote(t *testing.T) {
	if got := Quote(`it's $x`); got != `'it'\''s $x'` {
		t.Error(got)
	}
}
