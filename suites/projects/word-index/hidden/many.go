package driver

import (
	"fmt"
	"slices"
	"strings"
	"wordindex/index"
	"wordindex/words"
)

type random uint64

func (r *random) below(n int) int {
	*r = *r*6364136223846793005 + 1442695040888963407
	return int(uint64(*r>>33) % uint64(n))
}

// word is one of n, the early ones more often.
func (r *random) word(n int) string {
	return fmt.Sprintf("w%d", r.below(1+r.below(n)))
}

func (r *random) text(length, n int) string {
	all := make([]string, length)
	for i := range all {
		all[i] = r.word(n)
	}
	return strings.Join(all, " ")
}

// count says at how many places of a text a phrase stands; its last word may be a prefix.
func count(text string, phrase []string, prefix bool) int {
	all := words.Split(text)
	n := 0
	for at := range all {
		if at+len(phrase) > len(all) {
			break
		}
		here := slices.Clone(all[at : at+len(phrase)])
		last := len(phrase) - 1
		if prefix && strings.HasPrefix(here[last], phrase[last]) {
			here[last] = phrase[last]
		}
		if slices.Equal(here, phrase) {
			n++
		}
	}
	return n
}

func drive(emit func(any)) {
	r := random(3)
	x := index.New()
	texts := map[string]string{}
	wrong, total := 0, 0
	for round := range 1500 {
		id := fmt.Sprintf("d%02d", r.below(60))
		text := r.text(r.below(12), 30)
		if r.below(4) == 0 {
			delete(texts, id)
			x.Apply(index.Change{ID: id, Delete: true})
		} else {
			texts[id] = text
			x.Apply(index.Change{ID: id, Text: text})
		}
		if round%5 > 0 {
			continue
		}
		first, second, without := []string{r.word(20)}, []string{r.word(9), r.word(9)}, []string{r.word(30)}
		prefix := r.below(2) == 0
		query := first[0]
		if prefix {
			query += "*"
		}
		useSecond, useWithout := r.below(4) == 0, r.below(3) == 0
		if useSecond {
			query += ` "` + strings.Join(second, " ") + `"`
		}
		if useWithout {
			query += " -" + without[0]
		}
		expected := map[string]int{}
		for id, text := range texts {
			n, m := count(text, first, prefix), count(text, second, false)
			if n == 0 || useSecond && m == 0 || useWithout && count(text, without, false) > 0 {
				continue
			}
			expected[id] = n
			if useSecond {
				expected[id] += m
			}
		}
		hits, _ := x.View().Find(query)
		total += len(hits)
		if len(hits) != len(expected) {
			wrong++
		}
		for i, hit := range hits {
			if expected[hit.ID] != hit.Count {
				wrong++
			}
			if i > 0 && (hits[i-1].Count < hit.Count || hits[i-1].Count == hit.Count && hits[i-1].ID >= hit.ID) {
				wrong++
			}
		}
	}
	emit([]int{wrong, total})
	// Thousands of documents, thousands of changes, a view after each.
	large := index.New()
	var changes []index.Change
	for i := range 3000 {
		changes = append(changes, index.Change{ID: fmt.Sprint("doc", i), Text: fmt.Sprintf("all%d own%d %s", i%40, i, r.text(8, 4000))})
	}
	large.Apply(changes...)
	first := large.View()
	views := []*index.View{}
	for i := range 2000 {
		large.Apply(index.Change{ID: fmt.Sprint("doc", i), Text: fmt.Sprintf("new%d %s", i, r.text(5, 4000))})
		views = append(views, large.View())
	}
	last := large.View()
	emit([]int{last.Version(), last.Documents(), len(last.Words("own")), len(last.Words("new")), len(first.Words("own"))})
	old := 0
	for i, v := range views {
		if i%250 == 0 {
			hits, _ := v.Find("new*")
			old += len(hits)
		}
	}
	emit([]int{old, len(last.Changed(first)), len(last.Changed(views[1500]))})
}
