package timers

import "testing"

func TestMissedTimesAreSkipped(t *testing.T) {
	c := &Clock{}
	c.Every(1, 1, "a")
	if got := c.Advance(5); len(got) != 1 {
		t.Errorf("%v", got)
	}
}
