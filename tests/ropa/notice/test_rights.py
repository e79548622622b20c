"""Rights that a notice tells of, in five languages; companies are invented."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ropa.notice.sections import notice_of
from ropa.notice.topics.rights import Right, Rights, read_rights

CORE = {"access", "rectification", "erasure", "restriction", "object", "portability"}
COMPLAINT = "complaint_to_supervisory_authority"


def read(text: str) -> Rights:
    """Read the rights of a text that tells of some."""
    rights = read_rights(notice_of("notice.txt", text), {})["rights"]
    assert rights is not None
    return rights


def stated(rights: Rights) -> set[str]:
    """Give the ids of the rights that are stated."""
    return {right.id for right in rights.list if right.stated}


def the(rights: Rights, name: str) -> Right:
    """Give one right."""
    return next(right for right in rights.list if right.id == name)


@pytest.mark.parametrize(
    "text",
    [
        (
            "Oikeutesi\nSinulla on oikeus tutustua tietoihisi, oikaista ja poistaa ne, rajoittaa "
            "käsittelyä, vastustaa sitä ja siirtää tiedot toiselle rekisterinpitäjälle."
        ),
        (
            "Dina rättigheter\nDu har rätt till insyn i dina uppgifter, rättelse, radering, "
            "begränsning och dataportabilitet samt rätt att invända."
        ),
        (
            "Rettigheter\nDu har rett til innsyn, retting, sletting, begrensning og "
            "dataportabilitet. "
            "Du kan protestere mot behandlingen."
        ),
        (
            "Rettane dine\nDu har rett til innsyn, retting, sletting, avgrensing og "
            "dataportabilitet, "
            "og du kan protestere."
        ),
        (
            "Dine rettigheder\nDu har ret til indsigt, berigtigelse, sletning, begrænsning og "
            "dataportabilitet, og du kan gøre indsigelse."
        ),
        (
            "Your rights\nYou have the right of access, rectification, erasure, restriction and "
            "portability, and the right to object."
        ),
        (
            "What you can do\nYou can ask for a copy, a correction or deletion. You can tell us to "
            "stop or to pause. You can take your data elsewhere."
        ),
    ],
)
def test_the_rights_are_found_in_every_language(text: str) -> None:
    assert stated(read(text)) == CORE


def test_a_question_of_the_reader_gives_the_right() -> None:
    text = "Voinko tarkistaa tietoni?\nKyllä.\n\nSaanko tietoni poistetuiksi?\nYleensä."

    assert stated(read(text)) == {"access", "erasure"}


def test_a_list_of_rights_under_an_unknown_heading_is_read() -> None:
    text = (
        "Det där andra\nDu har rätt att\n1. få ett registerutdrag,\n2. få felaktiga uppgifter "
        "rättade,\n3. få uppgifter raderade,\n4. begära att behandlingen begränsas."
    )

    assert stated(read(text)) == {"access", "rectification", "erasure", "restriction"}


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("Voit tehdä valituksen tietosuojavaltuutetulle.", "tietosuojavaltuutetulle"),
        (
            "Du har rätt att lämna klagomål till Integritetsskyddsmyndigheten (IMY).",
            "Integritetsskyddsmyndigheten (IMY)",
        ),
        ("Du kan klage til Datatilsynet.", "Datatilsynet"),
        (
            "You may complain to the Office of the Data Protection Ombudsman.",
            "the Office of the Data Protection Ombudsman",
        ),
        ("You may lodge a complaint with a supervisory authority.", "supervisory authority"),
    ],
)
def test_a_complaint_names_the_authority(text: str, authority: str) -> None:
    right = the(read(text), COMPLAINT)

    assert (right.stated, right.authority) == (True, authority)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Voit perua suostumuksesi milloin tahansa.", False),
        (
            "Voit perua suostumuksesi. Se ei vaikuta aiemman käsittelyn lainmukaisuuteen.",
            True,
        ),
        (
            (
                "Du kan återkalla ditt samtycke, vilket inte påverkar lagligheten av tidigare "
                "behandling."
            ),
            True,
        ),
        (
            "Du kan trække dit samtykke tilbage. Det påvirker ikke lovligheden af behandlingen.",
            True,
        ),
        (
            (
                "You may withdraw your consent at any time without affecting the lawfulness of "
                "processing before its withdrawal."
            ),
            True,
        ),
    ],
)
def test_withdrawal_tells_whether_the_past_stays_lawful(text: str, told: bool) -> None:
    right = the(read(text), "withdraw_consent")

    assert (right.stated, right.prior_lawfulness_clause) == (True, told)


@pytest.mark.parametrize(
    ("text", "value", "extension"),
    [
        ("Oikeutesi\nVastaamme pyyntöihin kuukauden kuluessa.", "P1M", None),
        (
            (
                "Oikeutesi\nVastaamme pyyntöihin 30 päivässä. Määräaikaa voidaan jatkaa kahdella "
                "kuukaudella."
            ),
            "P30D",
            "P2M",
        ),
        (
            (
                "Dina rättigheter\nVi besvarar din begäran inom 30 dagar. Tiden kan "
                "förlängas med två "
                "månader."
            ),
            "P30D",
            "P2M",
        ),
        ("Rettigheter\nVi svarer deg senest innen én måned.", "P1M", None),
        (
            (
                "Dine rettigheder\nVi svarer senest en måned efter modtagelsen. Fristen kan "
                "forlænges "
                "med to måneder."
            ),
            "P1M",
            "P2M",
        ),
        (
            (
                "Your rights\nWe will respond within one month of receipt of your request. "
                "That period "
                "may be extended by two further months."
            ),
            "P1M",
            "P2M",
        ),
    ],
)
def test_the_time_of_the_answer_and_its_extension(
    text: str, value: str, extension: str | None
) -> None:
    rights = read(text)

    assert rights.deadline is not None
    assert rights.deadline.value == value
    assert (rights.extension.value if rights.extension else None) == extension


def test_how_rights_are_used() -> None:
    rights = read(
        "Your rights\nYou have the right of access. To exercise your rights, write to "
        "privacy@mill.example. We may need to verify your identity. We normally reply within 30 "
        "days of receiving your request."
    )

    assert rights.channel is not None
    assert rights.channel.value == "privacy@mill.example"
    assert rights.identity_check is not None
    assert rights.identity_check.required == "if_needed"
    assert rights.deadline is not None
    assert (rights.deadline.qualifier, rights.deadline.starts) == (
        "normally",
        "of receiving your request",
    )


def test_objection_stands_apart_under_its_own_heading() -> None:
    listed = "Your rights\nYou have the right of access and the right to object."
    apart = "Your rights\nYou have the right of access.\n\nRight to object\nYou may object."

    assert the(read(listed), "object").separate is False
    assert the(read(apart), "object").separate is True


def test_objection_to_marketing_is_a_right_of_its_own() -> None:
    text = "Oikeutesi\nVoit kieltää tietojesi käytön suoramarkkinointiin."

    assert stated(read(text)) == {"object_direct_marketing"}


def test_a_right_that_is_said_not_to_apply_is_not_stated() -> None:
    text = "Dina rättigheter\nDu har rätt till rättelse. Rätt till dataportabilitet gäller inte."

    assert stated(read(text)) == {"rectification"}


def test_decisions_by_machine_are_told_of_where_they_are_denied() -> None:
    assert stated(read("Emme käytä automaattista päätöksentekoa.")) == {"automated_decisions"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Welcome to Mill & Sons. We reserve the right to correct, delete or limit this page.",
        "Oy Saha Ab sahaa puuta ja korjaa koneita.",
        "Vi svarar på din ansökan inom två veckor.",
        "Vi kontrollerer adgangen til systemene og sletter logger.",
    ],
)
def test_a_notice_without_rights_has_none(text: str) -> None:
    assert read_rights(notice_of("notice.txt", text), {})["rights"] is None


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=400))
def test_no_text_raises_and_evidence_is_exact(text: str) -> None:
    notice = notice_of("notice.txt", text)
    rights = read_rights(notice, {})["rights"]

    for right in rights.list if rights else ():
        for each in right.evidence:
            assert each.quote in notice.lines[each.line - 1].raw


@pytest.mark.shared
def test_the_seed_notice_is_read_like_its_gold(shared: Path) -> None:
    seed = shared.parent / "seed" / "notice.fi.txt"
    gold = yaml.safe_load(seed.with_suffix(".gold.yaml").read_text("utf-8"))["rights"]

    rights = read(seed.read_text("utf-8"))

    for item in gold["list"]:
        right = the(rights, item["id"])
        lines = {each["line"] for each in item["evidence"]}
        assert right.stated == item["stated"], item["id"]
        assert not lines or lines & {each.line for each in right.evidence}, item["id"]
    assert rights.channel is not None
    assert rights.channel.value == gold["channel"]["value"]
    assert rights.deadline is not None
    assert rights.deadline.value == gold["deadline"]["value"]
    assert rights.identity_check is not None
    assert rights.identity_check.required == gold["identity_check"]["required"]
    assert rights.extension is not None
    assert rights.extension.value is None


@pytest.mark.parametrize(
    "text",
    [
        "Rekisteröidyn oikeudet\nSinulla on asetuksen 15\u201321 artiklan mukaiset oikeudet.",
        "Dina rättigheter\nDu har rättigheter enligt artiklarna 15-21 i förordningen.",
        "Dine rettigheter\nDu har rettigheter etter forordningen artikkel 15\u201321.",
        "Dine rettigheder\nDu har rettigheder efter artikel 15-21 i forordningen.",
        "Your rights\nYou have the rights of Articles 15 to 21 GDPR.",
    ],
)
def test_rights_may_be_given_by_their_articles(text: str) -> None:
    assert stated(read(text)) == CORE


@pytest.mark.parametrize(
    "text",
    [
        "Dina rättigheter\nDu har rätt till\n- information och tillgång,\n- rättelse.",
        "Dine rettigheter\nInformasjon og tilgang\nRetting",
        "Your rights\nRight | How\nInformation and access | Ask HR\nCorrection | Ask HR",
    ],
)
def test_a_right_may_be_one_word(text: str) -> None:
    assert {"informed", "access", "rectification"} <= stated(read(text))


def test_a_right_that_is_denied_before_its_words_is_not_given() -> None:
    """A denial was looked for after the words of the right only."""
    rights = read(
        "Rekisteröidyn oikeudet\nSinulla on oikeus tarkastaa tietosi.\n"
        "Rekisteröidyllä ei ole oikeutta siirtää tietoja järjestelmästä toiseen."
    )

    assert stated(rights) == {"access"}


def test_marketing_in_particular_leaves_the_whole_right_to_object() -> None:
    rights = read("Dina rättigheter\nDu får invända, särskilt mot direktmarknadsföring.")

    assert "object" in stated(rights)


@pytest.mark.parametrize(
    "text",
    [
        "Päättääkö kone?\nEi päätä. Jokaisen hakemuksen lukee ihminen.",
        "Bestämmer en dator?\nNej, det gör alltid en människa.",
        "Automatisering\nDet er alltid et menneske som bestemmer.",
        "Automatik\nIngen afvises uden at et menneske har set på sagen.",
        "Computers\nYou can ask a person to look at the outcome again.",
    ],
)
def test_a_human_who_decides_speaks_of_automated_decisions(text: str) -> None:
    assert "automated_decisions" in stated(read(text))


def test_a_right_on_two_lines_is_quoted_line_by_line() -> None:
    text = (
        "Your rights\n\nYou have the right of access to your data, and the right to have wrong\n"
        "data erased, and you may ask for it at any time from the office in town."
    )
    notice = notice_of("notice.txt", text)
    evidence = the(read(text), "erasure").evidence

    assert [each.line for each in evidence] == [3, 4]
    assert all(each.quote in notice.lines[each.line - 1].raw for each in evidence)
