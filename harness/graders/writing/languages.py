"""Which language a text is written in, by its function words: the same text, the same answer every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

FUNCTION_WORDS: Mapping[str, frozenset[str]] = {
    name: frozenset(text.split())
    for name, text in {
        "en": "the of and to in is that for it with as on are was this be by at from have not or an which "
        "you your we our their they his her will has had but if can there when who all been were its "
        "than then them i my me into out up so what no these those how do does",
        "de": "der die das und ist nicht ein eine einen einem einer zu den dem des von mit auf für im sich "
        "auch es an werden wird aus bei nach wie nur noch oder als über sind hat haben wenn kann sie "
        "ihr ihre ihren wir uns bitte dass zum zur am um er ich war diese dieser bis vor durch",
        "fr": "le la les des du et est une un pour dans que qui sur au aux avec ce cette ces pas ne par "
        "plus se sont il elle nous vous votre vos notre nos ou mais son sa ses leur leurs être avoir "
        "fait été en je de l d qu c n s",
        "es": "el la los las de del y es un una en que por para con no se su sus lo como más pero al este "
        "esta son ha han fue ser muy ya o si nos le les cuando hay usted esto entre sin sobre también "
        "hasta",
        "it": "il lo la i gli le di del della dei delle e è un una in che per con non si al alla da dal "
        "dalla sono come più ma anche questo questa ha hanno nel nella su ci se o suo sua essere "
        "stato l dell ai alle degli",
        "nl": "de het een en van in is dat op te voor met niet zijn er aan ook als om die bij maar dan door "
        "naar wordt worden deze uw u wij we je ik hij zij uit over heeft hebben kan nog of tot was",
        "pt": "o a os as de do da dos das e é um uma em no na nos nas que por para com não se ao à mais mas "
        "como foi são seu sua ele ela pelo pela ou ser tem têm já também este esta isso você muito "
        "até",
    }.items()
}
_FEWEST = 20  # words by which a language can be recognised
_SHARE = 0.2  # of its words that are function words of the language, at least
_AHEAD = 1.3  # times as many as of any other language
_SENTENCE = 8  # words from which on a sentence shows its language


def language_of(words: Sequence[str], fewest: int = _FEWEST) -> str | None:
    """The language that words are of; ``None`` where they are too few, or of no language clearly."""
    if len(words) < fewest:
        return None
    plain = [part for word in words for part in word.casefold().replace("’", "'").split("'")]
    hits = {
        name: sum(word in function_words for word in plain) for name, function_words in FUNCTION_WORDS.items()
    }
    best, second = sorted(hits, key=lambda name: hits[name], reverse=True)[:2]
    clear = hits[best] >= _SHARE * len(words) and hits[best] >= _AHEAD * hits[second]
    return best if clear else None


def foreign(sentences: Sequence[Sequence[str]], language: str) -> int:
    """How many sentences, each a list of its words, are clearly of another language."""
    return sum(language_of(words, _SENTENCE) not in (None, language) for words in sentences)
