// Package slug makes names for addresses of titles.
package slug

import (
	"strconv"
	"strings"
)

const Longest = 40

var plain = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "é", "e", "è", "e", "ê", "e", "á", "a", "à", "a", "ñ", "n", "ç", "c")

// Of makes a slug of a title: words of the letters a to z and of digits, with a hyphen between them. It is cut
// between words where it would be longer than Longest; of a title without words it is "untitled".
func Of(title string) string {
	text := plain.Replace(strings.ToLower(title))
	words := strings.FieldsFunc(text, func(sign rune) bool {
		return !(sign >= 'a' && sign <= 'z' || sign >= '0' && sign <= '9')
	})
	slug := ""
	for _, word := range words {
		if len(slug)+1+len(word) > Longest {
			break
		}
		slug = strings.TrimPrefix(slug+"-"+word, "-")
	}
	if slug == "" {
		return "untitled"
	}
	return slug
}

// Namer gives each page a slug of its own. Its zero value is ready to use. It is not to be used by several
// goroutines at once.
type Namer struct {
	taken map[string]int
}

// Name makes the slug of a title, with a number behind it from the second one on: a, a-2, a-3.
func (n *Namer) Name(title string) string {
	if n.taken == nil {
		n.taken = map[string]int{}
	}
	slug := Of(title)
	n.taken[slug]++
	if count := n.taken[slug]; count > 1 {
		return slug + "-" + strconv.Itoa(count)
	}
	return slug
}
