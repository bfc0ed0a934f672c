package parking

import (
	"errors"
	"testing"
)

func TestFee(t *testing.T) {
	tariff := Tariff{Free: 20, Hour: 150, Day: 1000}
	for _, c := range []struct{ from, to, want int }{
		{0, 0, 0}, {5, 25, 0}, {5, 26, 150}, {100, 160, 150}, {100, 161, 300}, {0, 360, 900}, {0, 361, 1000},
		{0, 1439, 1000}, {0, 1440, 1000}, {0, 1441, 1150}, {0, 1500, 1150}, {0, 2880, 2000}, {0, 3300, 3000},
	} {
		if got, err := Fee(tariff, c.from, c.to); err != nil || got != c.want {
			t.Errorf("Fee(%d, %d) is %d, %v, not %d", c.from, c.to, got, err, c.want)
		}
	}
	for _, c := range [][2]int{{-1, 5}, {5, 4}} {
		if got, err := Fee(tariff, c[0], c[1]); got != 0 || !errors.Is(err, ErrTime) {
			t.Errorf("Fee(%v) is %d, %v", c, got, err)
		}
	}
}

func TestDiscounted(t *testing.T) {
	for _, c := range [][3]int{{200, 10, 180}, {250, 1, 247}, {249, 1, 247}, {150, 1, 148}, {149, 1, 148}, {100, -5, 100}, {100, 0, 100}, {100, 100, 0}, {100, 120, 0}} {
		if got := Discounted(c[0], c[1]); got != c[2] {
			t.Errorf("Discounted(%d, %d) is %d, not %d", c[0], c[1], got, c[2])
		}
	}
}

func TestMinutes(t *testing.T) {
	for text, want := range map[string]int{
		"2h": 120, "45m": 45, "2h05m": 125, "2h5m": 125, "0h": 0, "0m": 0, "100h": 6000, "999m": 999, "1h59m": 119, "90m": 90,
		"0h30m": 30,
	} {
		if got, err := Minutes(text); err != nil || got != want {
			t.Errorf("Minutes(%q) is %d, %v, not %d", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", "h", "m", "5", "2h60m", "2h5", "1000m", "1000h", "-5m", "+5m", "2 h", "5m2h", "1h2h", "1h0h", "1h2h3m", "2hm", "x", "2H", "x5m", "5xm", "h5m", ":m",
	} {
		if got, err := Minutes(text); got != 0 || !errors.Is(err, ErrText) {
			t.Errorf("Minutes(%q) is %d, %v", text, got, err)
		}
	}
}
