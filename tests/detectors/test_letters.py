"""What letters say, and to whom. Every letter is invented."""

import time
from datetime import UTC, datetime

import pytest

from detectors.analyse import Analyser
from detectors.base import DetectorSettings
from detectors.letters.model import model
from detectors.letters.newtext import sentences
from detectors.letters.read import Letter, Way, read
from detectors.letters.signs import signs_of, tokens
from scanner.locator import WHOLE, Locator
from scanner.model import Message, MilestoneKind, Segment

WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUSE, APPLICANT, MANAGER = "rekry@firma.example", "meri@posti.example", "pomo@firma.example"
TOLD = "Hei Meri,\n\nvalitsimme tehtävään toisen hakijan. Kiitos hakemuksestasi.\n\nt. Olli"


def _kinds(text: str, way: Way, subject: str = "") -> set[str]:
    return {each.kind for each in read(Letter(text, subject, way))}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("told", "Tehtävään on valittu toinen henkilö."),
        ("told", "Valitettavasti valintamme ei tällä kertaa kohdistunut sinuun."),
        ("told", "Ikävä kyllä et tullut tällä kertaa valituksi."),
        ("told", "Tjänsten är nu tillsatt."),
        ("told", "Stillingen er besat."),
        ("told", "Stillinga er no fylt, og den som fekk ho, byrjar i august."),
        ("told", "Vi har dessverre ansatt en annen søker i stillingen."),
        ("told", "We are sorry to tell you that the position has been filled."),
        ("rejected_early", "Jatkamme prosessia muiden hakijoiden kanssa."),
        ("rejected_early", "Vi har gått vidare med andra sökande."),
        ("rejected_early", "Vi har valgt at gå videre med en anden kandidat."),
        ("rejected_early", "We have decided to proceed with other candidates."),
        ("acknowledged", "Ilmoitamme, kun tehtävään on valittu henkilö."),
        ("acknowledged", "Vi meddelar när tjänsten är tillsatt."),
        ("acknowledged", "Vi giver besked, når stillingen er besat."),
        ("invited", "Tervetuloa haastatteluun tiistaina kello kymmenen."),
        ("shortlisted", "Du är en av två slutkandidater. Styrelsen beslutar på fredag."),
        ("on_hold", "Beslutningen er utsatt til etter påske, og ingen er valgt ennå."),
        ("cancelled", "Rekrytointi on keskeytetty eikä paikkaan valita ketään."),
        ("offered", "Vi er glade for at kunne tilbyde dig stillingen. Kontrakt vedhæftet."),
        ("consent_asked", "May we keep your application for later openings?"),
    ],
)
def test_what_the_house_tells_an_applicant(kind: str, text: str) -> None:
    assert kind in _kinds(text, Way.OUT)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("withdrawn", "Haluan perua hakemukseni, sain työn muualta."),
        ("withdrawn", "Jeg vil gerne trække min ansøgning tilbage."),
        ("consent_given", "Ja, dere kan beholde søknaden min."),
        ("consent_withdrawn", "Jag vill inte längre vara med i er kandidatbank."),
        ("erasure_requested", "Please delete everything you hold about me."),
        ("access_requested", "Eg vil ha ein kopi av alt de har lagra om meg."),
    ],
)
def test_what_an_applicant_tells_the_house(kind: str, text: str) -> None:
    assert kind in _kinds(text, Way.IN)
    assert kind not in _kinds(text, Way.OUT)


@pytest.mark.parametrize(
    "text",
    [
        "Jos et tullut valituksi, säilytämme hakemuksesi kaksi vuotta.",
        "Haku päättyy, kun paikkaan on valittu sopiva henkilö.",
        "If you have not been selected, we delete your data.",
        "You have not selected a file.",
        "> Tehtävään on valittu toinen henkilö.",
        "Urakkaan valittiin toinen tarjoaja.",
        "Der Vertrag wurde vergeben.",
        "",
    ],
)
def test_what_tells_nobody_that_somebody_was_chosen(text: str) -> None:
    assert "told" not in _kinds(text, Way.OUT)


def test_an_applicant_cannot_tell_the_houses_choice() -> None:
    assert "told" not in _kinds(TOLD, Way.IN)


@pytest.mark.parametrize(
    "head",
    [
        "-----Original Message-----",
        "----- Alkuperäinen viesti -----",
        "Från: Olli\nSkickat: den 3 mars\nÄmne: Svar\n",
        "Lähettäjä: Olli\nLähetetty: 3.3.2026\nAihe: Vastaus\n",
        "Fra: Olli\nSendt: 3. mars\nEmne: Svar\n",
        "On Tue, 3 Mar 2026 at 10:12, Olli <o@firma.example> wrote:\n",
        "ti 3. maaliskuuta 2026 klo 10.12 Olli <o@firma.example> kirjoitti:\n",
        "Den tis 3 mars 2026 kl 10:12 skrev Olli <o@firma.example>:\n",
        "---------- Forwarded message ---------",
        "________________________________\nFrom: Olli\nSent: Tuesday\n",
    ],
)
def test_what_is_quoted_is_not_the_letters_own(head: str) -> None:
    own = [each.text for each in sentences(f"Kiitos tiedosta!\n\n{head}\n{TOLD}")]

    assert "Kiitos tiedosta!" in own
    assert not any("valitsimme" in each for each in own)


def test_an_answer_below_a_quotation_is_the_letters_own() -> None:
    text = "3.3.2026 Olli kirjoitti:\n> valitsimme toisen\n> t. Olli\n\nKiitos tiedosta!"

    assert [each.text for each in sentences(text)] == ["Kiitos tiedosta!"]


def test_sentences_stand_where_they_say() -> None:
    text = "Hei.\n> vanha\nToinen rivi jatkuu. Kolmas!"

    for each in sentences(text):
        assert text[each.start :].startswith(each.text)


def test_names_numbers_and_places_weigh_nothing() -> None:
    """A model that knew them would tell who was told in the letters that it learnt from."""
    one = signs_of(["Valitsimme tehtävään Maija Virtasen Oulusta 3.4.2025."])
    other = signs_of(["Valitsimme tehtävään Søren Nygaard Aalborgista 12.10.2024."])

    assert one == other
    assert tokens("Paikan saa Maija Virtanen, puh. 040 123.") == tokens(
        "Paikan saa Ola Nordmann, puh. 99."
    )


def test_a_reading_tells_the_sentence() -> None:
    text = "Hei Meri!\n\nKiitos käynnistä. Tehtävään valittiin toinen hakija. Kaikkea hyvää!"
    told = next(each for each in read(Letter(text, "", Way.OUT)) if each.kind == "told")

    assert text[told.start : told.end] == "Tehtävään valittiin toinen hakija."


@pytest.mark.parametrize(
    "text",
    [
        ">" * 1_000_000,
        "From: " * 170_000,
        "From:\n" * 170_000,
        "x wrote:\n" * 110_000,
        ("_" * 390 + "\n") * 2_500,
        "\n" * 1_000_000,
        "valitsimme toisen hakijan " * 40_000,
        "a" * 1_000_000,
        "Å" * 1_000_000,
        "- " * 500_000,
        ". " * 500_000,
    ],
)
def test_long_and_hostile_letters_cost_little(text: str) -> None:
    model()
    begun = time.perf_counter()
    read(Letter(text, text[:10_000], Way.OUT))

    assert time.perf_counter() - begun < 2


def _milestones(*contents: Message | Segment) -> list[tuple[MilestoneKind, str, str]]:
    settings = DetectorSettings(own_domains=("firma.example",))
    found = Analyser(settings, b"key").examine(contents)
    return [(each.kind, each.evidence, each.record) for each in found.milestones]


def _mail(sender: str, *recipients: str, place: Locator = WHOLE) -> Message:
    return Message(place, WHEN, sender, recipients)


def _body(text: str) -> Segment:
    return Segment(Locator.parse("body:1"), text)


def test_a_notice_that_only_the_subject_gives_is_one() -> None:
    subject = Segment(
        Locator.parse("header:subject"), "Tehtävään valittiin toinen hakija", "header:subject"
    )
    text = _body("Hei, kysymyksiin vastaa kirjaamo.")

    assert _milestones(_mail(HOUSE, APPLICANT), subject, text) == [
        (MilestoneKind.TOLD, "mail: selection notice", "")
    ]


def test_a_notice_in_an_attached_letter_names_the_attachment() -> None:
    letter = Segment(Locator.parse("part:paatos.docx/page:1"), TOLD)

    assert _milestones(_mail(HOUSE, APPLICANT), _body("Ks. liite."), letter) == [
        (MilestoneKind.TOLD, "mail: selection notice in part:paatos.docx", "")
    ]


def test_a_notice_to_many_with_hidden_recipients_tells_each() -> None:
    mail = _mail(HOUSE, MANAGER, APPLICANT, "toinen@posti.example")
    settings = DetectorSettings(own_domains=("firma.example",))
    found = Analyser(settings, b"key").examine([mail, _body(TOLD)])

    assert [each.kind for each in found.milestones] == [MilestoneKind.TOLD]
    assert sum(each.role == "recipient" for each in found.identifiers) == 2


def test_a_note_of_a_call_tells_and_a_mail_to_a_manager_does_not() -> None:
    call = _body("Soitin Meri Laineelle ja kerroin, että valitsimme toisen hakijan.")
    other = _body("Moi, kaikille muille hakijoille on nyt kerrottu, että valittiin Jens.")

    assert _milestones(_mail(HOUSE, HOUSE), call) == [
        (MilestoneKind.TOLD, "mail: note of a call", "")
    ]
    assert _milestones(_mail(HOUSE, MANAGER), other) == []


def test_a_reply_that_quotes_the_notice_tells_nothing() -> None:
    text = "Kiitos tiedosta, harmi.\n\n" + "\n".join(f"> {line}" for line in TOLD.splitlines())

    assert _milestones(_mail(APPLICANT, HOUSE), _body(text)) == []
    assert _milestones(_mail(HOUSE, APPLICANT), _body(text)) == []


def test_a_mail_among_the_notes_of_a_recruiting_system_is_read_like_any_other() -> None:
    place = Locator.parse("note:7")
    body = Segment(Locator.parse("note:7/field:body"), TOLD, "body")

    assert _milestones(_mail(HOUSE, APPLICANT, place=place), body) == [
        (MilestoneKind.TOLD, "notes.EMAIL: selection notice", "note:7")
    ]


def test_a_file_name_in_evidence_is_hidden_where_privacy_is_strict() -> None:
    settings = DetectorSettings(own_domains=("firma.example",), privacy="strict")
    letter = Segment(Locator.parse("part:Meri Laine.docx"), TOLD)
    found = Analyser(settings, b"key").examine([_mail(HOUSE, APPLICANT), letter])

    assert [each.kind for each in found.milestones] == [MilestoneKind.TOLD]
    assert "Laine" not in str(found)


def test_a_sighting_says_where_the_notice_stands() -> None:
    settings = DetectorSettings(own_domains=("firma.example",))
    found = Analyser(settings, b"key").examine([_mail(HOUSE, APPLICANT), _body(TOLD)])
    notice = next(each for each in found.sightings if each.entity == "SELECTION_NOTICE")

    assert (str(notice.locator), notice.category, notice.evidence) == (
        "body:1",
        "recruitment.decision",
        ("told",),
    )
    assert "told" in {milestone.kind for milestone in found.milestones}


def test_a_cv_that_is_sent_on_tells_its_reader_nothing() -> None:
    """A head-hunter who was sent CVs was taken for an applicant who had been told."""
    part = WHOLE.part("CV Meri Laine.pdf")
    cv = (
        "ANSIOLUETTELO\n\nMeri Laine\nmeri@posti.example\nPuh. 040 123 4567\n\nTYÖKOKEMUS\n"
        "2019-2024 Vartija, Firma Oy\n2021: tehtävään on valittu toinen henkilö.\n\n"
        "KOULUTUS\n2018 Turvallisuusalan perustutkinto\n\nKIELITAITO\nsuomi, ruotsi\n"
    )
    found = Analyser(DetectorSettings(own_domains=("firma.example",)), b"k").examine(
        [
            Message(WHOLE, WHEN, HOUSE, ("jarkko@hunters.example",)),
            Segment(WHOLE.then("body", 1), "Hei Jarkko, ohessa ehdokkaan ansioluettelo."),
            Segment(part, cv),
        ]
    )

    assert MilestoneKind.TOLD not in {each.kind for each in found.milestones}
