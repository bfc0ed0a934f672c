package ini

import "testing"

func TestExample(t *testing.T) {
	s, err := Parse("# comment\ncolour = red\n[window]\nwidth = 80\n")
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := s.Get("", "colour"); got != "red" {
		t.Error(got)
	}
	if n, _ := s.Int("window", "width", 1); n != 80 {
		t.Error(n)
	}
}
