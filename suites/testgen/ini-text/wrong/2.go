package ini

import "testing"

func TestWords(t *testing.T) {
	if _, err := Parse("word"); err == nil || err.Error() != "line 1: no setting" {
		t.Error(err)
	}
}
