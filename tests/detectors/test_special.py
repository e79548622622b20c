"""What states a fact about a person is found in six languages; what only sounds like it is not."""

import os
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.analyse import Analyser
from detectors.base import DetectorSettings, Span
from detectors.special.lexicon import lexicon
from detectors.special.phrases import anchors, compiled
from detectors.special.recognizers import SpecialCategories
from detectors.special.triggers import Triggers, shadow
from detectors.taxonomy import taxonomy
from detectors.testing import surroundings
from detectors.text import prepare
from scanner.locator import WHOLE
from scanner.model import Segment
from tests.conftest import ROOT

WITH = SpecialCategories()
WITHOUT = SpecialCategories(use_hyperscan=False)

FACTS = [
    ("HEALTH", "Olen {sairauslomalla} toukokuuhun."),
    ("HEALTH", "Sairastan {diabetesta}."),
    ("CRIMINAL_RECORD", "Hakija sai {ehdollista vankeutta}."),
    ("SECURITY_CLEARANCE", "{Turvallisuusselvitys hyväksyttiin} toukokuussa."),
    ("CREDIT_REPORT", "Hakijalla on kaksi {maksuhäiriömerkintää}."),
    ("RELIGION", "{Uskonto: muslimi}"),
    ("HEALTH", "Jag är {sjukskriven} på halvtid."),
    ("DISABILITY", "Kandidaten har {dyslexi}."),
    ("TRADE_UNION", "Hon är {fackligt aktiv}."),
    ("HEALTH", "Hun er {sykmeldt} til april."),
    ("DISABILITY", "Søkeren har {ADHD}."),
    ("CREDIT_REPORT", "{Kredittsjekken var uten anmerkninger}."),
    ("HEALTH", "Eg er {sjukmeld} til april."),
    ("RELIGION", "Ho er {truande muslim}."),
    ("TRADE_UNION", "Han er {tillitsvald} i Fellesforbundet."),
    ("HEALTH", "Hun er {sygemeldt} med stress."),
    ("DISABILITY", "Ansøgeren er {ordblind}."),
    ("CREDIT_REPORT", "Han er {registreret i RKI}."),
    ("HEALTH", "She was {diagnosed with bipolar disorder}."),
    ("CRIMINAL_RECORD", "He was {convicted of fraud} in 2015."),
    ("DRUG_TEST", "The {drug test was negative}."),
    ("POLITICAL_OPINION", "He is a {member of the Green Party}."),
]
HINTS = [
    "Haemme sairaanhoitajaa diabetesosastolle.",
    "Emme syrji ketään uskonnon perusteella.",
    "Tehtävään valitulta edellytetään turvallisuusselvitystä.",
    "Rikosrekisteri: ei merkintöjä",
    "En ole sairauslomalla.",
    "Budjettileikkaus osuu meidän yksikköömme.",
    "Vi välkomnar sökande oavsett religion.",
    "Om du blir sjukskriven ska du meddela chefen.",
    "Hon arbetar som sjuksköterska på canceravdelningen.",
    "Ta til høyre ved lyskrysset.",
    "Vi krever ren politiattest.",
    "Hun er ikke sykmeldt.",
    "Vi søkjer kandidatar uavhengig av religion.",
    "Eg er ikkje sjukmeld.",
    "Hun har ikke været sygemeldt.",
    "Medarbejdere, der er gravide, har ret til orlov.",
    "Drug test: not checked",
    "He spoke with great conviction.",
    "The account was disabled by the administrator.",
    "Mind the blind spot of the camera.",
    "If you are pregnant, tell your manager.",
]


WORDS = {
    "HEALTH": ("sairauslomalla", "sjukskriven"),
    "DISABILITY": ("rullstolsburen", "rullestolbruker"),
    "TRADE_UNION": ("fackmedlem", "fagorganisert"),
    "RELIGION": ("kyrkomedlem", "kirkollisvero"),
    "POLITICAL_OPINION": ("partimedlem", "valarbetare"),
    "ETHNIC_ORIGIN": ("asylsökande", "kvoteflyktning"),
    "SEXUAL_ORIENTATION": ("homosexuell", "lesbisk"),
    "CRIMINAL_RECORD": ("rattfylleri", "promillekjøring"),
    "SECURITY_CLEARANCE": ("sikkerhetsklarert", "säkerhetsprövad"),
    "DRUG_TEST": ("tested positive", "testades positivt"),
    "CREDIT_REPORT": ("betalningsanmärkning", "betalingsanmerkning"),
}
PIECES = [*" ".join(HINTS).split(), *(text for _, text in FACTS), *sum(WORDS.values(), ())]
PIECES += [
    "\n",
    ":",
    "-",
    "Ä",
    "ß",
    "\u212a",
    "\u017f",
    "İ",
    "日",
    "\U0001f600",
    "?",
    "\x00",
    "'",
    "_",
]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=12)


def _spans(text: str, recognizer: SpecialCategories = WITH) -> list[Span]:
    found = recognizer.recognize([Segment(WHOLE, prepare(text).text)])
    return sorted(found, key=lambda each: (each.start, each.end, each.entity))


@pytest.mark.parametrize(("entity", "marked"), FACTS, ids=lambda value: str(value)[:40])
def test_a_fact_is_found_where_it_stands(entity: str, marked: str) -> None:
    start, end = marked.index("{"), marked.index("}") - 1

    found = _spans(marked.replace("{", "").replace("}", ""))
    assert [
        each for each in found if each.entity == entity and each.start < end and start < each.end
    ]


@pytest.mark.parametrize("text", HINTS)
def test_a_hint_is_no_finding(text: str) -> None:
    assert _spans(text) == []


@given(
    st.sampled_from([(key, word) for key, words in WORDS.items() for word in words]), surroundings
)
def test_a_word_is_found_at_its_offsets_whatever_stands_around_it(
    planted: tuple[str, str], around: tuple[str, str]
) -> None:
    (entity, word), (before, after) = planted, around
    text = f"{before}{word}{after}"
    start = len(prepare(before).text)

    places = {(each.entity, each.start, each.end) for each in _spans(text)}
    assert (entity, start, start + len(word)) in places


@given(texts)
def test_with_and_without_hyperscan_the_same_is_found(pieces: list[str]) -> None:
    for text in (" ".join(pieces), "".join(pieces)):
        assert _spans(text, WITHOUT) == _spans(text)


@given(texts)
def test_offsets_lie_inside_and_what_is_found_of_one_entity_stands_apart(pieces: list[str]) -> None:
    text = prepare(" ".join(pieces)).text
    reached: dict[str, int] = {}

    for each in _spans(text):
        assert reached.get(each.entity, 0) <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == text[each.start : each.end].strip()
        assert each.value == ""
        reached[each.entity] = each.end


@pytest.mark.parametrize(
    "piece", ["a", "har ", "me-", "diabetes ", "drug test ", "=", "Ä", "on bi\n"]
)
def test_time_is_bounded_on_adversarial_text(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    began = time.process_time()
    _spans(text)

    assert time.process_time() - began < 10


def test_what_is_found_depends_on_no_order_of_a_set() -> None:
    """Of two phrases that match the same words, chance said which was judged in this process."""
    program = (
        "from detectors.special.recognizers import SpecialCategories\n"
        "from scanner.locator import WHOLE\n"
        "from scanner.model import Segment\n"
        "from tests.corpus.load import CORPUS, UNSEEN, sentences\n"
        "texts = [*sentences('en', CORPUS), *sentences('da', UNSEEN)]\n"
        "segments = [Segment(WHOLE, each.text) for each in texts]\n"
        "print(*SpecialCategories().recognize(segments), sep='\\n')\n"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }

    assert 1 == len(found)
    assert found.pop().count(b"\n") > len(HINTS)


def test_segments_of_a_batch_are_numbered() -> None:
    batch = [Segment(WHOLE, text) for text in ("", "Hun er sykmeldt.", "Jag har diabetes.")]

    assert [each.segment for each in WITH.recognize(batch)] == [1, 2]


def test_no_letter_of_a_statement_is_shown() -> None:
    analyser = Analyser(DetectorSettings(), bytes(32))
    text = "Hakijalla on kaksi maksuhäiriömerkintää. Jag är sjukskriven."

    found = {each.entity: each for _, each in analyser.detect([Segment(WHOLE, text)])}
    assert {entity: each.mask for entity, each in found.items()} == {
        "CREDIT_REPORT": "•••",
        "HEALTH": "•••",
    }


def test_every_entity_is_known_to_the_taxonomy() -> None:
    assert set(WORDS) == WITH.entities
    assert WITH.entities <= set(taxonomy().entities)


def test_every_phrase_has_an_anchor_and_compiles() -> None:
    for anchor, term in lexicon().terms:
        assert len(anchor.literal.strip()) > 1, term.phrase
        assert term.pattern.pattern


@given(
    st.lists(st.text("ab -ä", min_size=1, max_size=4), min_size=1, max_size=8), st.text("ab -äÄ")
)
def test_every_literal_is_found_at_each_of_its_places(literals: list[str], text: str) -> None:
    wanted = sorted({shadow(each)[1:-1] for each in literals})
    dark = shadow(text)
    expected = sorted(
        (start + len(literal) - 1, number)
        for number, literal in enumerate(wanted)
        for start in range(len(dark))
        if dark.startswith(literal, start)
    )

    assert Triggers(wanted, use_hyperscan=False).found(text) == expected
    assert Triggers(wanted).found(text) == expected


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("har ~ diabetes*", "har nog diabetes"),
        ("=SAK*", "SAK:n"),
        ("very? good", "good"),
        ("on very? good", "on good"),
        ("sick_leave/flu", "sick\nleave"),
        ("did time", "Did time"),
        ("*sk rødder", "tyrkisk rødder"),
    ],
)
def test_a_phrase_matches_what_it_says(phrase: str, text: str) -> None:
    assert compiled([phrase]).search(text)
    assert any(anchor.literal in shadow(text) for anchor in anchors(phrase))
