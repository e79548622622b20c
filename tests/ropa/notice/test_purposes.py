"""Purposes and lawful bases of a notice, in five languages; companies are invented."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ropa.notice.bases import bases
from ropa.notice.sections import notice_of
from ropa.notice.topics.purposes import Purpose, read_purposes


def read(text: str) -> tuple[Purpose, ...]:
    """Read the purposes of a text."""
    return read_purposes(notice_of("notice.txt", text), {})["purposes"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Perusteena on oikeutettu etu (ks. asetuksen kohta 6. (1) f).", ["A6-1-f"]),
        ("artiklan 6(1)(f) mukainen", ["A6-1-f"]),
        ("6 artiklan 1 kohdan f alakohdan nojalla", ["A6-1-f"]),
        ("6 artiklan 1 kohdan c-alakohta", ["A6-1-c"]),
        ("TSA 6.1 b", ["A6-1-b"]),
        ("(6 art. 1 a)", ["A6-1-a"]),
        ("artikel 6.1 f i dataskyddsförordningen", ["A6-1-f"]),
        ("artikel 6.1 i dataskyddsförordningen", []),
        ("artikel 6 punkt 1 b", ["A6-1-b"]),
        ("artikel 6.1 första stycket led e", ["A6-1-e"]),
        ("art. 6 nr. 1 bokstav f", ["A6-1-f"]),
        ("artikkel 6 nr. 1 (b) og (f)", ["A6-1-b", "A6-1-f"]),
        ("bokstav c i artikkel 6 nr. 1", ["A6-1-c"]),
        ("artikel 6, stk. 1, litra f", ["A6-1-f"]),
        ("forordningens art. 6, stk. 1, litra b og c", ["A6-1-b", "A6-1-c"]),
        ("Article 6(1)(b), (c) and (f)", ["A6-1-b", "A6-1-c", "A6-1-f"]),
        ("point (e) of Article 6(1)", ["A6-1-e"]),
        ("Article 6 paragraph 1 letter d", ["A6-1-d"]),
        ("GDPR 6.1.f", ["A6-1-f"]),
        ("Art. 6 (1) lit. c and Article 9(2)(b)", ["A6-1-c", "A9-2-b"]),
        ("see section 6.1 a of the handbook, dated 6.1.2022", []),
    ],
)
def test_articles_are_read_in_any_way_of_writing(text: str, expected: list[str]) -> None:
    assert [basis.name for basis in bases(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Käsittely perustuu suostumukseesi.", ["A6-1-a"]),
        ("Käsittely on tarpeen sopimuksen täytäntöönpanemiseksi.", ["A6-1-b"]),
        ("Käsittely on tarpeen lakisääteisten velvoitteiden noudattamiseksi.", ["A6-1-c"]),
        ("Behandlingen grundas på en intresseavvägning.", ["A6-1-f"]),
        ("Vi behandlar uppgifterna för att fullgöra avtalet med dig.", ["A6-1-b"]),
        ("Det är en uppgift av allmänt intresse.", ["A6-1-e"]),
        ("Behandlingen bygger på vår berettigede interesse.", ["A6-1-f"]),
        ("for å gjennomføre tiltak på din anmodning før en avtale", ["A6-1-b"]),
        ("Handsaminga byggjer på rettkomen interesse.", ["A6-1-f"]),
        ("Behandlingen sker for at overholde en retlig forpligtelse.", ["A6-1-c"]),
        ("Grundlaget er interesseafvejningsreglen.", ["A6-1-f"]),
        ("We process it in order to take steps before entering into a contract.", ["A6-1-b"]),
        ("to protect your vital interests", ["A6-1-d"]),
    ],
)
def test_bases_are_read_in_words(text: str, expected: list[str]) -> None:
    assert [basis.name for basis in bases(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Käsittely ei perustu suostumukseen.",
        "Emme luovuta tietojasi ilman suostumustasi.",
        "Jos käsittely perustuu suostumukseen, voit perua sen.",
        "Behandlingen grundas inte på samtycke.",
        "Om behandlingen grundas på samtycke har du rätt att återkalla det.",
        "Vi deler ikke opplysninger uten ditt samtykke.",
        "Dersom behandlingen er basert på samtykke, kan du trekke det.",
        "Vi videregiver ikke oplysninger uden dit samtykke.",
        "Hvis behandlingen er baseret på samtykke, kan du trække det tilbage.",
        "We do not rely on consent.",
        "Where processing is based on legitimate interests, you may object.",
        "Consent is not the legal basis.",
    ],
)
def test_a_basis_that_is_denied_or_supposed_is_none(text: str) -> None:
    assert bases(text) == ()


def test_what_follows_a_denial_is_a_basis() -> None:
    text = "Käsittely ei perustu suostumukseen vaan oikeutettuun etuun."

    assert [basis.name for basis in bases(text)] == ["A6-1-f"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Käsittelyn oikeusperuste\nKäsittelemme tietojasi rekrytoinnin toteuttamiseksi. "
                "Käsittely perustuu oikeutettuun etuun.\n"
                "Soveltuvuusarvioinnit teemme suostumuksesi perusteella."
            ),
            ["A6-1-f", "A6-1-a"],
        ),
        (
            (
                "Ändamål och rättslig grund\nVi behandlar uppgifterna för att anställa, med "
                "stöd av "
                "intresseavvägning (art. 6.1 f).\nFör registerkontroll är den rättsliga grunden en "
                "rättslig förpliktelse."
            ),
            ["A6-1-f", "A6-1-c"],
        ),
        (
            (
                "Formål og behandlingsgrunnlag\nVi behandler opplysninger for å vurdere deg "
                "som søker. "
                "Grunnlaget er artikkel 6 nr. 1 bokstav b.\nPersonlighetstester "
                "gjennomføres bare med "
                "ditt samtykke."
            ),
            ["A6-1-b", "A6-1-a"],
        ),
        (
            (
                "Føremål og behandlingsgrunnlag\nVi handsamar personopplysningar for å "
                "vurdere søknaden"
                " din. Grunnlaget er artikkel 6 nr. 1 bokstav e."
            ),
            ["A6-1-e"],
        ),
        (
            (
                "Formål og retsgrundlag\n• At vurdere din ansøgning. Retsgrundlaget er "
                "artikel 6, stk. "
                "1, litra f.\n• At indhente straffeattest, jf. databeskyttelseslovens § 8, stk. 3."
            ),
            ["A6-1-f", None],
        ),
        (
            (
                "## Why we use your data\nWe use your personal data for these purposes:\n"
                "- assessing your application (legitimate interests)\n"
                "- concluding the employment contract (Article 6(1)(b))\n"
                "- planning office space"
            ),
            ["A6-1-f", "A6-1-b", None],
        ),
    ],
)
def test_each_purpose_has_its_own_basis(text: str, expected: list[str | None]) -> None:
    assert [purpose.lawful_basis for purpose in read(text)] == expected


def test_a_table_gives_a_purpose_for_each_row() -> None:
    text = (
        "Purposes and legal bases\nPurpose | Legal basis\n"
        "Choosing staff | legitimate interests (Article 6(1)(f)), namely to hire well\n"
        "Talent community | consent, Art 6.1(a)\nAdjustments for disability | Article 9(2)(b)"
    )

    found = [(each.lawful_basis, each.art9_condition) for each in read(text)]

    assert found == [("A6-1-f", None), ("A6-1-a", None), (None, "A9-2-b")]


def test_labels_of_purpose_and_basis_make_one_purpose() -> None:
    text = "Recruitment\n\nPurpose: Video interviews\nLegal basis: GDPR 6.1.f\n"

    (purpose,) = read(text)

    assert (purpose.name, purpose.lawful_basis) == ("Video interviews", "A6-1-f")
    assert [each.line for each in purpose.evidence] == [3, 4]


def test_the_interest_and_the_statute_are_the_words_of_the_notice() -> None:
    text = (
        "Legal basis\nWe process applications to recruit. Our legitimate interest is to find "
        "skilled welders.\nWe process receipts to comply with a legal obligation under the "
        "Accounting Act."
    )

    first, second = read(text)

    assert first.legitimate_interest == "find skilled welders"
    assert (second.lawful_basis, second.statute_named) == ("A6-1-c", "Accounting Act")


def test_consent_tells_how_it_is_asked_and_withdrawn() -> None:
    text = (
        "Oikeusperuste\nKäsittelemme tietojasi tulevia tehtäviä varten suostumuksesi perusteella. "
        "Suostumus pyydetään etukäteen kirjallisesti. Voit perua suostumuksesi milloin tahansa "
        "ilmoittamalla siitä meille."
    )

    (purpose,) = read(text)

    assert purpose.consent is not None
    assert purpose.consent.model_dump() == {
        "prior": True,
        "written": True,
        "withdrawable": "any_time",
        "withdrawal_channel": "ilmoittamalla siitä meille",
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Tervetuloa töihin!\nOlemme iloinen joukko ihmisiä.",
        "Recipients\nWe share your data only with your consent or when required by law.",
        "Your rights\nYou may object where processing is based on legitimate interests.",
        "Cookies\nVi använder kakor med ditt samtycke.",
        "Overføring til tredjeland\nOverføringen skjer med ditt samtykke.",
    ],
)
def test_where_no_purpose_is_told_there_is_none(text: str) -> None:
    assert read(text) == ()


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_no_text_raises_and_evidence_is_exact(text: str) -> None:
    notice = notice_of("notice.txt", text)

    for purpose in read_purposes(notice, {})["purposes"]:
        for each in purpose.evidence:
            assert each.quote in notice.lines[each.line - 1].raw


@pytest.mark.shared
def test_the_seed_notice_is_read_like_its_gold(shared: Path) -> None:
    seed = shared.parent / "seed" / "notice.fi.txt"
    gold = yaml.safe_load(seed.with_suffix(".gold.yaml").read_text("utf-8"))["purposes"]

    left = list(read(seed.read_text("utf-8")))
    right = 0
    for item in gold:
        lines = {each["line"] for each in item["evidence"]}
        match = next(
            (
                each
                for each in left
                if each.lawful_basis == item["lawful_basis"]
                and lines & {evidence.line for evidence in each.evidence}
            ),
            None,
        )
        if match:
            left.remove(match)
            right += 1

    assert right >= 0.9 * len(gold)
    assert left == []


@pytest.mark.parametrize(
    "text",
    [
        "Oikeusperuste\n\u2610 Suostumus\n\u2612 Rekisterinpitäjän lakisääteinen velvoite",
        "Rättslig grund\n[ ] Samtycke\n[x] Rättslig förpliktelse",
        "Legal basis\n[ ] Consent\n[x] Legal obligation",
    ],
)
def test_a_box_that_is_not_ticked_is_no_basis(text: str) -> None:
    assert [each.lawful_basis for each in read(text)] == ["A6-1-c"]


def test_a_purpose_may_be_told_without_an_aim() -> None:
    (purpose,) = read("Purpose of processing\nWe process applicants' data for recruitment.")

    assert purpose.lawful_basis is None
    assert purpose.dpv_purpose == "dpv:RecruitmentManagement"


def test_a_law_in_a_list_of_bases_is_no_purpose() -> None:
    found = read(
        "Privatlivspolitik\n\nFormål og retsgrundlag\nFormålet er at rekruttere medarbejdere.\n"
        "Retsgrundlaget følger af:\n• Databeskyttelsesforordningens artikel 6, stk. 1, litra b\n"
        "• Databeskyttelseslovens § 12, stk. 1"
    )

    assert [each.lawful_basis for each in found] == ["A6-1-b"]


def test_the_head_of_a_table_is_no_purpose() -> None:
    found = read("Hvad | Hvorfor | Grundlag\nCV | Finde medarbejdere | artikel 6, stk. 1, litra f")

    assert [each.lawful_basis for each in found] == ["A6-1-f"]
