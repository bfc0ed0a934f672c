package spent

import "testing"

func TestParse(t *testing.T) {
	for text, want := range map[string]int{
		"2h": 120, "45m": 45, "1h30m": 90, "1h 05m": 65, "90m": 90, "0h0m": 0, "1h59m": 119, "9999h": 599940,
	} {
		if got, err := Parse(text); got != want || err != nil {
			t.Errorf("%q: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", " ", " 5m", "1h60m", "1h  5m", "h", "5", "5m1h", "1h ", "12345m", "-5m"} {
		if got, err := Parse(text); err != ErrSyntax {
			t.Errorf("%q: %d", text, got)
		}
	}
}

func TestFormat(t *testing.T) {
	for minutes, want := range map[int]string{0: "0m", 45: "45m", 120: "2h", 90: "1h30m", -90: "-1h30m"} {
		if got := Format(minutes); got != want {
			t.Errorf("%d: %q", minutes, got)
		}
	}
}

func TestBill(t *testing.T) {
	for _, c := range [][3]int{{0, 15, 0}, {1, 15, 15}, {15, 15, 15}, {16, 15, 30}, {7, 0, 7}, {-3, 5, 0}} {
		if got := Bill(c[0], c[1]); got != c[2] {
			t.Errorf("%v: %d", c, got)
		}
	}
}

func TestLongest(t *testing.T) {
	if got := Longest([]Entry{{"b", 2}, {"a", 3}, {"b", 1}}); got != "a" {
		t.Error(got)
	}
	if got := Longest([]Entry{{"b", 2}, {"a", 3}, {"b", 2}}) + Longest(nil); got != "b" {
		t.Error(got)
	}
}
