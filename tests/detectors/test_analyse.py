"""What an asset's contents give: findings, identifiers, flows, milestones, skips."""

import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import pytest

from detectors import analyse, gather
from detectors.analyse import Analyser
from detectors.base import DetectorSettings, Evidence, PatternRecognizer, Span, TextRecognizer
from scanner.errors import TimedOut
from scanner.locator import WHOLE, Locator
from scanner.model import (
    Content,
    Flow,
    Message,
    Milestone,
    MilestoneKind,
    Segment,
    Skip,
    SkipReason,
)

KEY = b"k" * 16
HETU = "010190-900P"
NOTICE = "Hei! Tehtävään on valittu toinen hakija. Yt. maija.keksitty@firma.example"
WHEN = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _analyser(**settings: object) -> Analyser:
    return Analyser(DetectorSettings.model_validate(settings), KEY)


def _entities(analyser: Analyser, text: str, label: str = "") -> list[tuple[str, str]]:
    return [
        (detection.entity, text[detection.start : detection.end])
        for _, detection in analyser.detect([Segment(WHOLE, text, label)])
    ]


def _mail(sender: str, *recipients: str, locator: Locator = WHOLE) -> Message:
    return Message(locator, WHEN, sender, recipients)


def test_one_place_and_entity_give_one_finding() -> None:
    found = _analyser().examine(
        [
            Segment(Locator.parse("page:1"), f"hetu {HETU} ja {HETU}"),
            Segment(Locator.parse("page:1"), "hetu 020290-900T"),
            Segment(Locator.parse("page:2"), HETU),
        ]
    )

    assert [(each.locator.texts, each.count, each.distinct) for each in found.sightings] == [
        (("page:1",), 2, 1),
        (("page:2",), 1, 1),
    ]
    assert found.sightings[0].samples == ("•••",)
    assert found.sightings[0].evidence == ("checksum", "context", "date", "pattern")
    assert found.characters > 40


def test_an_identity_code_is_not_also_a_telephone_number() -> None:
    assert _entities(_analyser(), f"puh. {HETU}") == [("FI_PERSONAL_IDENTITY_CODE", HETU)]


def test_dashes_and_invisible_characters_keep_the_original_offsets() -> None:
    text = "Hetu: 010190\u2013900\u00adP loppu"

    assert _entities(_analyser(), text) == [("FI_PERSONAL_IDENTITY_CODE", "010190\u2013900\u00adP")]


def test_a_mail_address_is_kept_inside_a_web_address() -> None:
    text = "https://example.org/a?mail=maija@example.org"

    assert _entities(_analyser(), text) == [
        ("URL", text),
        ("EMAIL_ADDRESS", "maija@example.org"),
    ]


def test_a_profile_is_not_also_a_web_address() -> None:
    text = "https://www.linkedin.com/in/maija-keksitty"

    assert _entities(_analyser(), text) == [("PROFILE_URL", text)]


@pytest.mark.parametrize(
    ("allowed", "text"),
    [
        ("info@", "info@firma.example"),
        ("@firma.example", "kuka.tahansa@firma.example"),
        ("09 123 4567", "Vaihde +358 9 1234567"),
        ("Maija Keksitty", "maija keksitty"),
    ],
)
def test_allowed_values_are_not_reported(allowed: str, text: str) -> None:
    assert _entities(_analyser(allow=[allowed]), text, "nimi") == []


def test_disabled_recognizers_are_not_run() -> None:
    analyser = _analyser(disable=["generic.email", "names.model"])

    assert _entities(analyser, "Maija Virtanen maija@example.org") == []


def test_a_label_speaks_for_its_column() -> None:
    values = "1985-02-01\n1990-03-04"

    assert _entities(_analyser(), values, "syntymaaika") == [
        ("BIRTH_DATE", "1985-02-01"),
        ("BIRTH_DATE", "1990-03-04"),
    ]
    assert _entities(_analyser(), values, "luotu") == []


def test_identifiers_carry_their_record() -> None:
    segment = Segment(
        Locator.parse("table:hakija"),
        "a@example.org\nb@example.org",
        "email",
        ((0, "row:1"), (14, "row:2")),
    )

    found = _analyser().examine([segment]).identifiers
    assert [(each.entity, each.record, each.role) for each in found] == [
        ("EMAIL_ADDRESS", "table:hakija/row:1", "subject"),
        ("EMAIL_ADDRESS", "table:hakija/row:2", "subject"),
    ]


def test_equal_values_have_equal_keys_in_any_writing() -> None:
    analyser = _analyser()
    text = "puh. 040 123 4567, +358 40 1234567; Maija@Example.org maija@example.ORG"

    keys = [detection.key for _, detection in analyser.detect([Segment(WHOLE, text)])]
    assert len(keys) == 4
    assert len(set(keys)) == 2
    other = Analyser(DetectorSettings(), b"another key")
    assert not set(keys) & {each.key for _, each in other.detect([Segment(WHOLE, text)])}


def test_an_envelope_gives_roles_and_headers_give_findings_only() -> None:
    found = _analyser().examine(
        [
            _mail("hr@firma.example", "Hakija@posti.example"),
            Segment(Locator.parse("header:to"), "Maija Keksitty <hakija@posti.example>", "to"),
        ]
    )

    assert {each.role for each in found.identifiers} == {"sender", "recipient"}
    assert {each.entity for each in found.sightings} == {"PERSON", "EMAIL_ADDRESS"}


def test_personal_data_sent_outside_is_a_flow_for_each_domain() -> None:
    body = Segment(Locator.parse("part:cv.txt"), f"hetu {HETU} https://example.org/x")
    mail = _mail("hr@firma.example", "a@ulkona.example", "b@firma.example", "c@gmail.com")
    analyser = _analyser(own_domains=["firma.example"])

    flows = analyser.examine([mail, body]).flows
    assert [(flow.domain, flow.categories, flow.at) for flow in flows] == [
        ("gmail.com", ("identity.national_id",), WHEN),
        ("ulkona.example", ("identity.national_id",), WHEN),
    ]
    assert all(len(flow.addresses) == 1 for flow in flows)


@pytest.mark.parametrize(
    ("own", "mail"),
    [
        ([], _mail("hr@firma.example", "a@ulkona.example")),
        (["firma.example"], _mail("a@ulkona.example", "b@toinen.example")),
        (["firma.example"], _mail("hr@firma.example", "b@sub.firma.example")),
    ],
)
def test_no_flow_without_own_domains_from_outside_or_inside(own: list[str], mail: Message) -> None:
    assert _analyser(own_domains=own).examine([mail, Segment(WHOLE, HETU)]).flows == ()


def test_headers_do_not_flow() -> None:
    mail = _mail("hr@firma.example", "a@ulkona.example")
    header = Segment(Locator.parse("header:to"), "Maija Keksitty <a@ulkona.example>", "to")

    expected: tuple[Flow, ...] = ()
    assert expected == _analyser(own_domains=["firma.example"]).examine([mail, header]).flows


def test_a_selection_notice_to_an_applicant_is_a_milestone() -> None:
    place = Locator.parse("message:2")
    mail = _mail("hr@firma.example", "hakija@posti.example", locator=place)
    found = _analyser(own_domains=["firma.example"]).examine([mail, Segment(place, NOTICE)])

    assert found.milestones == (
        Milestone(MilestoneKind.TOLD, WHEN, "mail: selection notice", record="message:2"),
    )
    assert [each.record for each in found.identifiers if each.role == "recipient"] == ["message:2"]


@pytest.mark.parametrize(
    ("mail", "segment"),
    [
        (_mail("a@posti.example", "hr@firma.example"), Segment(WHOLE, NOTICE)),
        (_mail("hr@firma.example", "b@firma.example"), Segment(WHOLE, NOTICE)),
        (_mail("hr@firma.example", "a@posti.example"), Segment(WHOLE, f"> {NOTICE}")),
    ],
)
def test_no_milestone_where_nobody_outside_was_told(mail: Message, segment: Segment) -> None:
    found = _analyser(own_domains=["firma.example"]).examine([mail, segment])

    assert found.milestones == ()


def test_milestones_and_skips_of_the_source_pass_through() -> None:
    milestone = Milestone(MilestoneKind.HIRED, WHEN, "x")
    skip = Skip(SkipReason.ENCRYPTED, "encrypted", Locator().part("a.zip"))

    found = _analyser().examine([milestone, skip, skip])
    assert found.milestones == (milestone,)
    assert found.skips == (skip,)


def _broken(match: object) -> Evidence:
    raise ValueError(f"marker {match}")


class _BrokenReader:
    name = "test.reader"
    entities = frozenset({"PERSON"})

    def recognize(self, segments: Sequence[Segment]) -> Iterator[Span]:
        for index, segment in enumerate(segments):
            if "broken" in segment.text:
                raise ValueError(segment.text)
            yield Span(index, "OWN", 0, 1, 0.9, ("own",), "x")


def _with(
    monkeypatch: pytest.MonkeyPatch, pattern: PatternRecognizer, *readers: TextRecognizer
) -> Analyser:
    monkeypatch.setattr(analyse, "recognizers", lambda _: ((pattern,), readers))
    return _analyser()


def test_a_broken_recognizer_is_a_skip_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pattern = PatternRecognizer("test.broken", "ANY", ("marker",), _broken)
    analyser = _with(monkeypatch, pattern, _BrokenReader())

    with caplog.at_level(logging.DEBUG):
        found = analyser.examine(
            [Segment(Locator.parse("1"), "marker broken"), Segment(Locator.parse("2"), "fine")]
        )

    assert [(each.locator.texts, each.entity) for each in found.sightings] == [(("2",), "OWN")]
    assert [(each.reason, each.locator.texts) for each in found.skips] == [
        (SkipReason.DETECTOR, ("1",)),
        (SkipReason.DETECTOR, ("1",)),
    ]
    assert "marker" not in caplog.text + repr(found)


def test_a_time_limit_passes_through_the_shelter(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(_: object) -> Evidence:
        raise TimedOut("took too long")

    analyser = _with(monkeypatch, PatternRecognizer("test.late", "ANY", ("marker",), late))

    with pytest.raises(TimedOut):
        analyser.examine([Segment(WHOLE, "marker")])


def test_offsets_outside_the_text_are_a_broken_recognizer(monkeypatch: pytest.MonkeyPatch) -> None:
    pattern = PatternRecognizer(
        "test.far", "ANY", ("a",), lambda _: Evidence(0.9, ("pattern",), "", 0, 99)
    )

    found = _with(monkeypatch, pattern).examine([Segment(WHOLE, "a")])
    assert found.sightings == ()
    assert [skip.reason for skip in found.skips] == [SkipReason.DETECTOR]


def test_too_many_values_are_counted_but_not_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "MOST_IDENTIFIERS", 10)
    text = "\n".join(f"hakija{number}@example.org" for number in range(30))

    found = _analyser().examine([Segment(WHOLE, text)])
    assert found.sightings[0].count == 30
    assert found.sightings[0].distinct == 10
    assert len(found.identifiers) == 10
    assert [skip.reason for skip in found.skips] == [SkipReason.LIMIT]


def test_equal_text_is_analysed_once_and_found_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    analyser = _analyser()
    analysed: list[str] = []
    original = analyser._prose.scan

    def counted(text: str) -> object:
        analysed.append(text)
        return original(text)

    monkeypatch.setattr(analyser._prose, "scan", counted)
    found = analyser.examine([Segment(Locator.parse(str(number)), HETU) for number in range(600)])

    assert len(found.sightings) == 600
    assert len(analysed) == 1


def test_contents_are_consumed_lazily() -> None:
    read: list[int] = []

    def contents() -> Iterator[Content]:
        for number in range(10):
            read.append(number)
            yield Segment(
                Locator.parse(str(number)), f"{HETU} {number} " + "x" * analyse.BATCH_CHARACTERS
            )

    stream = _analyser().detect(each for each in contents() if isinstance(each, Segment))
    next(stream)

    assert read == [0]


def test_nothing_shows_the_text() -> None:
    text = f"Nimi: Maija Merkitty, hetu {HETU}, maija.merkitty@merkki.example, puh. 040 123 4567"
    analyser = _analyser()
    found = analyser.examine([Segment(WHOLE, text)])
    shown = repr(found) + repr(list(analyser.detect([Segment(WHOLE, text)])))

    for marker in ("Maija", "Merkitty", "merkitty", "900P", "010190", "merkki", "123"):
        assert marker not in shown
