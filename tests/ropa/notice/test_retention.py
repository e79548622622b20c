"""Periods of retention in a notice, in five languages; companies are invented."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ropa.model import Trigger
from ropa.notice.durations import durations
from ropa.notice.sections import notice_of
from ropa.notice.topics.retention import Period, read_retention


def read(text: str) -> tuple[Period, ...]:
    """Read the periods of a text."""
    return read_retention(notice_of("notice.txt", text), {})["retention"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vuoden kuluttua", ["P1Y"]),
        ("kahden vuoden ajan", ["P2Y"]),
        ("enintään 24 kk", ["P24M"]),
        ("puolen vuoden kuluttua", ["P6M"]),
        ("kuuden (6) kuukauden ajan", ["P6M"]),
        ("30 päivässä", ["P30D"]),
        ("sex månader", ["P6M"]),
        ("ett halvår", ["P6M"]),
        ("tjugofyra månader", ["P24M"]),
        ("to år", ["P2Y"]),
        ("eitt år", ["P1Y"]),
        ("et halvt år", ["P6M"]),
        ("36 mdr.", ["P36M"]),
        ("halvandet år", ["P18M"]),
        ("twelve months", ["P12M"]),
        ("twenty-four (24) months", ["P24M"]),
        ("two (2) years", ["P2Y"]),
        ("6\u201312 months", ["P12M"]),
        ("two years and six months", ["P2Y6M"]),
        ("a fortnight", ["P14D"]),
        ("in 2016/679 of 1.1.2020, 18-vuotias, per år, aan v.", []),
    ],
)
def test_lengths_of_time_are_read_in_words_and_digits(text: str, expected: list[str]) -> None:
    assert [found.iso for found in durations(text)] == expected


@pytest.mark.parametrize(
    ("text", "duration", "event"),
    [
        (
            "Tiedot poistetaan vuoden kuluttua siitä, kun sinulle ilmoitetaan valinnasta.",
            "P1Y",
            Trigger.SELECTION_TOLD,
        ),
        ("Hakemukset säilytetään 24 kk rekrytoinnin päättymisestä.", "P24M", Trigger.DECISION),
        ("Tiedot hävitetään 10 vuotta työsuhteen päättymisestä.", "P10Y", Trigger.EMPLOYMENT_END),
        (
            "Profilen sparas i två år från senaste inloggning.",
            "P2Y",
            Trigger.LAST_ACTIVITY,
        ),
        ("Ansökningar gallras två år efter att tjänsten tillsattes.", "P2Y", Trigger.DECISION),
        ("Uppgifterna raderas sex månader efter att du lämnade ditt samtycke.", "P6M", "consent"),
        ("Søknaden slettes seks måneder etter at stillingen er besatt.", "P6M", Trigger.DECISION),
        ("Søknader blir sletta eitt år etter mottak.", "P1Y", Trigger.RECEIVED),
        ("Ansøgninger gemmes i 12 måneder fra modtagelsen.", "P12M", Trigger.RECEIVED),
        ("Sagen slettes fem år efter din fratræden.", "P5Y", Trigger.EMPLOYMENT_END),
        ("We keep it for 24 months from the date you applied.", "P24M", Trigger.APPLICATION),
        (
            "CVs are erased three (3) months after the vacancy has been filled.",
            "P3M",
            Trigger.DECISION,
        ),
    ],
)
def test_a_period_has_its_length_and_event(text: str, duration: str, event: str) -> None:
    (period,) = read(text)

    assert (period.duration, period.trigger_event) == (duration, event)
    assert period.trigger is not None
    assert period.trigger in text


def test_an_event_that_the_register_does_not_know_is_kept_in_words() -> None:
    (period,) = read("Payroll records are kept for seven years from the end of the financial year.")

    assert period.trigger_event is None
    assert period.trigger == "from the end of the financial year"


def test_the_day_from_which_is_counted_may_follow_in_a_sentence_of_its_own() -> None:
    (period,) = read(
        "Kaikki tiedot poistetaan vuoden kuluttua. Säilytysaika lasketaan siitä päivästä lukien, "
        "kun sinulle ilmoitetaan, että paikkaan on valittu toinen hakija."
    )

    assert period.trigger_event is Trigger.SELECTION_TOLD
    assert period.counting is not None
    assert len(period.evidence) == 2


def test_a_list_gives_a_period_for_each_item() -> None:
    found = read(
        "Retention\n- Applications: 12 months after the end of the process, in Norway six months\n"
        "- Talent pool: two years\n- CCTV images: 30 days"
    )

    assert [(each.applies_to, each.duration) for each in found] == [
        ("Applications", "P12M"),
        ("Applications", "P6M"),
        ("Talent pool", "P2Y"),
        ("CCTV images", "P30D"),
    ]


def test_a_list_under_a_heading_that_nobody_knows_is_read_too() -> None:
    """A heading that no list of words knows hid whole tables of periods."""
    found = read("The broom\nWe keep these for:\n- Applications: one year\n- Logs: 90 days")

    assert [each.duration for each in found] == ["P1Y", "P90D"]


def test_cells_may_stand_apart_by_white_space() -> None:
    found = read("Retention\nApplication forms    6 months\nPersonnel file    6 years")

    assert [(each.applies_to, each.duration) for each in found] == [
        ("Application forms", "P6M"),
        ("Personnel file", "P6Y"),
    ]


def test_each_sentence_of_a_line_has_its_own_label() -> None:
    (first, second) = read("Retention\nRefused: 1 year. Hired: 6 years after you leave.")

    assert (first.applies_to, second.applies_to) == ("Refused", "Hired")
    assert (first.trigger_event, second.trigger_event) == (None, Trigger.EMPLOYMENT_END)


def test_periods_that_conflict_are_both_kept() -> None:
    found = read(
        "Säilytys\nHakemukset säilytetään vuoden ajan.\nHakemukset säilytetään kahden vuoden ajan."
    )

    assert [each.duration for each in found] == ["P1Y", "P2Y"]


@pytest.mark.parametrize(
    ("text", "criterion"),
    [
        ("Säilytämme tietoja niin kauan kuin se on tarpeen.", "as_needed"),
        ("Personuppgifterna sparas inte längre än vad som är nödvändigt.", "as_needed"),
        ("Opplysningene lagres så lenge det er nødvendig.", "as_needed"),
        ("Vi gemmer ikke dine oplysninger længere end nødvendigt.", "as_needed"),
        ("We keep personal data only for as long as necessary.", "as_needed"),
        ("Profilen sparas tills du återkallar ditt samtycke.", "until_withdrawal"),
        ("We store your profile until you withdraw your consent.", "until_withdrawal"),
        ("Opbevaring\nStraffeattester slettes straks, når de er set.", "at_once"),
        ("Säilytysaika\nHuumausainetestin todistusta ei säilytetä.", "not_kept"),
        ("Voimme säilyttää tietoja tapauskohtaisesti pidempään.", "longer"),
        ("Lagring\nArkivverdige opplysninger arkiveres etter arkivlova.", "statutory"),
    ],
)
def test_statements_without_a_number_have_a_criterion(text: str, criterion: str) -> None:
    (period,) = read(text)

    assert (period.duration, period.criterion) == (None, criterion)


@pytest.mark.parametrize(
    "text",
    [
        "Vastaamme pyyntöösi 30 päivän kuluessa.",
        "Salasana vaihdetaan 90 päivän välein, ja sitä säilytetään salattuna.",
        "Olemme toimineet alalla 20 vuotta.",
        "Oikeutesi\nPoistamme tiedot 30 päivän kuluessa pyynnöstäsi.",
        "Kakor\nEn kaka lagras i 13 månader.",
        "Provanställningen är sex månader.",
        "Lagring\nPrøvetiden er seks måneder.",
        "Vi sletter aldri egg som er yngre enn siste 2 år.",
        "We reply to your request within one month.",
        "You must be at least 18 years old to be kept on our list.",
        "Retention\nClaims must be brought within two years, and a game takes three years.",
        "Version 2.0, updated 6.1.2022",
    ],
)
def test_other_times_are_no_retention(text: str) -> None:
    assert read(text) == ()


def test_an_exception_stands_beside_the_period() -> None:
    (period,) = read("Søknaden slettes 3 måneder etter avslaget, med mindre du samtykker til mer.")

    assert period.exception == "med mindre du samtykker til mer"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_no_text_raises_and_evidence_is_exact(text: str) -> None:
    notice = notice_of("notice.txt", text)

    for period in read_retention(notice, {})["retention"]:
        for each in period.evidence:
            assert each.quote in notice.lines[each.line - 1].raw


@pytest.mark.shared
def test_the_seed_notice_is_read_like_its_gold(shared: Path) -> None:
    seed = shared.parent / "seed" / "notice.fi.txt"
    gold = yaml.safe_load(seed.with_suffix(".gold.yaml").read_text("utf-8"))["retention"]
    told = [item for item in gold if item["evidence"]]

    left = list(read(seed.read_text("utf-8")))
    right = 0
    for item in told:
        lines = {each["line"] for each in item["evidence"]}
        value = item["duration"] if str(item["duration"]).startswith("P") else None
        match = next(
            (
                each
                for each in left
                if each.duration == value and lines & {e.line for e in each.evidence}
            ),
            None,
        )
        if match:
            left.remove(match)
            right += 1

    assert right >= 0.9 * len(told)
    assert left == []


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        ("Hvad | Hvorfor | Hvor længe", "Ansøgning | Finde folk | 9 måneder efter afslag"),
        ("Tieto | Tarkoitus | Säilytysaika", "Hakemus | Valinta | 9 kk päätöksestä"),
        ("Uppgift | Varför | Gallring", "Ansökan | Urval | 9 månader efter beslutet"),
        ("Opplysning | Formål | Slettefrist", "Søknad | Utvelging | 9 måneder etter avslag"),
        ("Data | Why | Kept for", "Application | Selection | 9 months after the decision"),
    ],
)
def test_a_column_of_periods_is_read_under_any_heading(head: str, rows: str) -> None:
    """Only sections on retention were read, so a table of everything had no periods."""
    (period,) = read(f"Overblik\n{head}\n{rows}")

    assert period.duration == "P9M"
    assert period.applies_to == rows.partition(" | ")[0]
    assert period.trigger_event in (Trigger.SELECTION_TOLD, Trigger.DECISION)


def test_a_cell_may_tell_an_end_in_place_of_a_period() -> None:
    found = read(
        "Purpose | Legal basis | Retention\nMailing list | consent | until you unsubscribe\n"
        "Claims | legitimate interests | until the claim is over"
    )

    assert [(each.applies_to, each.criterion) for each in found] == [
        ("Mailing list", "until_withdrawal"),
        ("Claims", "event"),
    ]


def test_what_is_recorded_is_no_event_of_a_period() -> None:
    (period,) = read("Lagringstid\nIntervjuinspelningar: trettio dagar.")

    assert (period.duration, period.trigger_event) == ("P30D", None)


@pytest.mark.parametrize(
    "text",
    [
        "Retention\nEmployees with 25 years of service receive a gift.",
        "Säilytysajat\nOikaisuvaatimus on tehtävä 14 päivän kuluessa tiedoksisaannista.",
        "Opbevaring\nPrøvetiden er tre måneder, og øl drikkes inden tolv måneder.",
    ],
)
def test_other_times_in_a_section_on_retention_are_none(text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Säilytysajat\n\nValitun hakemusasiakirjat 50 vuotta", "Valitun hakemusasiakirjat"),
        ("Säilytysajat\nAvoimet hakemukset ovat voimassa 6 kk.", "Avoimet hakemukset"),
        ("Retention\nIf you are not chosen, we keep your notes for one year.", "your notes"),
        (
            "Lagringstid\nUppgifterna sparas under pågående rekrytering och därefter i två år.",
            "personal data",
        ),
    ],
)
def test_a_period_applies_to_data_and_not_to_a_clause(text: str, about: str) -> None:
    (period,) = read(text)

    assert period.applies_to == about


@pytest.mark.parametrize(
    "text",
    [
        "Säilytysajat\nSäilytysaika määräytyy tiedonohjaussuunnitelman mukaan.",
        "Lagringstid\nHur länge beror på tjänsten.",
        "Lagringstid\nHvor lenge avhenger av formålet.",
        "Opbevaring\nKriteriet er, hvor længe der kan rejses krav.",
        "Retention\nWe determine retention by considering the nature of the data.",
    ],
)
def test_criteria_may_stand_in_place_of_a_period(text: str) -> None:
    (period,) = read(text)

    assert period.duration is None
    assert period.criterion in ("case_by_case", "statutory")


def test_a_sentence_may_go_on_in_the_next_line() -> None:
    """Text of mails and old pages is broken at a width; the event stood on another line."""
    (period,) = read(
        "How long we keep your data\n\n"
        "The application and its attachments are kept in our recruiting system for\n"
        "one year from the day on which we told you about the outcome of the\nrecruitment."
    )

    assert (period.duration, period.trigger_event) == ("P1Y", Trigger.SELECTION_TOLD)
    assert period.applies_to == "application and its attachments"
    assert [each.line for each in period.evidence] == [4]
    assert period.evidence[0].quote.startswith("one year")


def test_spaces_after_the_mark_of_an_item_make_no_cell() -> None:
    """Markdown writers set three spaces after a star, and the star was what a period was for."""
    (period,) = read("Lagring\n*   Lønnsbilag lagres i fem år.")

    assert period.applies_to == "Lønnsbilag"
