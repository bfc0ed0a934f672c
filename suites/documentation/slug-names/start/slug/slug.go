package slug

import (
	"strconv"
	"strings"
)

const Longest = 40

var plain = strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "é", "e", "è", "e", "ê", "e", "á", "a", "à", "a", "ñ", "n", "ç", "c")

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

// Namer is safe for use by several goroutines.
type Namer struct {
	taken map[string]int
}

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
