"""A guess at the language of a text, by its commonest small words."""

import re
from collections import Counter

_SMALL_WORDS = {
    "fi": "ja on ei että oli se hän kun ovat myös mutta tai joka sen ole minä olen mukaan kanssa",
    "sv": "och att det är som för inte jag på av med har till från var ett men om vi också",
    "no": "og at det er som for ikke jeg på av med har til fra var et men om vi også ble etter",
    "da": "og at det er som for ikke jeg på af med har til fra var et men om vi også blev efter",
    "en": "the and of to in is that for it was with as on be at by this have from are",
}
_LANGUAGES: dict[str, list[str]] = {}
for _language, _words in _SMALL_WORDS.items():
    for _word in _words.split():
        _LANGUAGES.setdefault(_word, []).append(_language)
_WORD = re.compile(r"[a-zåäöæø]+")
_LOOKED_AT = 2_000
_ENOUGH = 3


def guess_language(text: str) -> str:
    """Name the likeliest of fi, sv, no, da and en; empty where too little speaks for one.

    >>> guess_language("Hän on ollut meillä töissä ja oli myös mukana, mutta ei ole enää.")
    'fi'
    """
    words = _WORD.findall(text[:_LOOKED_AT].lower())
    counts: Counter[str] = Counter()
    for word, number in Counter(filter(_LANGUAGES.__contains__, words)).items():
        for language in _LANGUAGES[word]:
            counts[language] += number
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] < _ENOUGH:
        return ""
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        return ""
    return ranked[0][0]
