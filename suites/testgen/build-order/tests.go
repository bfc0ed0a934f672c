package order

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// graph reads "a:bc d:" as a needs b and c, and d nothing.
func graph(text string) *Graph {
	g := New()
	for _, part := range strings.Fields(text) {
		name, needs, _ := strings.Cut(part, ":")
		g.Add(name, strings.Split(needs, "")...)
	}
	return g
}

func expect(t *testing.T, what string, got []string, want string) {
	t.Helper()
	if !slices.Equal(got, strings.Split(want, "")) && len(got)+len(want) > 0 {
		t.Errorf("%s: %v, not %s", what, got, want)
	}
}

func TestOrder(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "a: b:": "ab", "a:b": "ba", "a:z b:": "bza", "a:db d:z": "bzda", "d:ab c:d b:a": "abdc", "a:aa": "a", "a:bc": "bca",
	} {
		got, err := graph(text).Order()
		if err != nil {
			t.Error(text, err)
		}
		expect(t, text, got, want)
	}
}

func TestCircles(t *testing.T) {
	for text, want := range map[string]string{"a:b b:a": "ab", "a:c b:c c:b": "bc", "a:b b:c c:a": "abc", "c:a a:b b:c x:c y:": "abc", "a:x x:b b:c c:x": "bcx"} {
		_, err := graph(text).Order()
		_, again := graph(text).Stages()
		for _, err := range []error{err, again} {
			var circle *CycleError
			if !errors.As(err, &circle) {
				t.Fatal(text, err)
			}
			expect(t, text, circle.Names, want)
		}
	}
}

func TestStages(t *testing.T) {
	got, err := graph("d:ab c:d b:a e: a:").Stages()
	if err != nil || len(got) != 4 {
		t.Fatal(got, err)
	}
	for i, want := range []string{"ae", "b", "d", "c"} {
		expect(t, want, got[i], want)
	}
}

func TestNeeds(t *testing.T) {
	g := graph("a:bcfg b:d d:e x:b")
	for name, want := range map[string]string{"a": "bcdefg", "b": "de", "e": "", "x": "bde", "nothing": ""} {
		expect(t, name, g.Needs(name), want)
	}
	for name, want := range map[string]string{"a": "", "b": "ax", "e": "abdx", "c": "a", "nothing": ""} {
		expect(t, "by "+name, g.NeededBy(name), want)
	}
	g.Add("b", "c")
	expect(t, "b", g.Needs("b"), "cde")
	circle := graph("a:b b:a c:a d:d")
	expect(t, "a", circle.Needs("a"), "ab")
	expect(t, "by a", circle.NeededBy("a"), "abc")
	expect(t, "d", circle.Needs("d"), "")
}
