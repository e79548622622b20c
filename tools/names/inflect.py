"""Finnish case forms of names, by rule; ours, as `detectors.names.forms` undoes them."""

import random

CASES = ("n", "a", "ssa", "sta", "lla", "lta", "lle", "seen", "ksi", "na", "kin")
_VOWELS = "aeiouyäöåé"
_BACK = "aouå"
_WEAK = (
    ("kk", "k"),
    ("pp", "p"),
    ("tt", "t"),
    ("nk", "ng"),
    ("nt", "nn"),
    ("lt", "ll"),
    ("rt", "rr"),
    ("mp", "mm"),
    ("rk", "r"),
    ("lk", "l"),
    ("k", ""),
    ("p", "v"),
    ("t", "d"),
)
_E_STEMS = (
    "järvi",
    "mäki",
    "lahti",
    "niemi",
    "koski",
    "lampi",
    "salmi",
    "saari",
    "suomi",
    "lehti",
    "kivi",
    "talvi",
    "joki",
    "ranti",
    "vuori",
    "nurmi",
    "tuuli",
    "lumi",
    "tammi",
)


def inflected(name: str, case: str) -> str:
    """Give a name in a case, told by its ending with a back vowel.

    >>> inflected("Virtanen", "lle"), inflected("Matti", "n"), inflected("Mäki", "ssa")
    ('Virtaselle', 'Matin', 'Mäessä')
    """
    lower = name.lower()
    back = any(char in _BACK for char in lower) or not any(char in "äöy" for char in lower)
    strong, weak, consonant = _stems(name)
    if case == "kin":
        return name + "kin" if name[-1] in _VOWELS else name + "ikin"
    if case == "seen":
        return _into(strong)
    if case == "a":
        ending = "ta" if consonant else "a"
        body = consonant or strong
        if not consonant and len(body) > 1 and body[-1] in _VOWELS and body[-2] in _VOWELS:
            ending = "ta"
        return body + _harmony(ending, back=back)
    body = strong if case == "na" else weak
    return body + _harmony(case, back=back)


def any_case(name: str, chance: random.Random) -> str:
    """Give a name in a case by chance, the genitive most often."""
    if chance.random() < 0.06:
        return name + chance.choice((":n", ":lle", ":n"))
    case = chance.choice(("n", "n", "n", "n", *CASES))
    return "-".join([*name.split("-")[:-1], inflected(name.rsplit("-", maxsplit=1)[-1], case)])


def _harmony(ending: str, *, back: bool) -> str:
    return ending if back else ending.replace("a", "ä")


def _into(strong: str) -> str:
    if len(strong) > 1 and strong[-1] == strong[-2]:
        return strong + "seen"
    if len(strong) > 1 and strong.endswith("se"):
        return strong + "en"
    return strong + strong[-1] + "n"


def _stems(name: str) -> tuple[str, str, str]:
    lower = name.lower()
    if lower.endswith("nen"):
        return name[:-3] + "se", name[:-3] + "se", name[:-3] + "s"
    if lower.endswith(("us", "ys", "os", "ös", "is", "es")):
        return name[:-1] + "kse", name[:-1] + "kse", name
    if lower.endswith(("as", "äs")):
        return name[:-1] + name[-2], name[:-1] + name[-2], name
    if lower[-1] not in _VOWELS:
        return name + "i", name + "i", ""
    if lower.endswith("e") and len(name) > 3:
        return name + "e", name + "e", name + "t"
    strong = name[:-1] + "e" if lower.endswith(_E_STEMS) else name
    return strong, _weakened(strong), ""


def _weakened(stem: str) -> str:
    body, vowel = stem[:-1], stem[-1]
    for strong, weak in _WEAK:
        if body.endswith(strong) and len(body) > len(strong):
            if strong in "kpt" and body[-2] in "shf":
                return stem
            return body[: -len(strong)] + weak + vowel
    return stem
