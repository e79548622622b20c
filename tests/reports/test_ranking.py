"""The ranking of places: its documented weights, its order, its bounds."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.ranking import ranked
from scanner.summary import AssetHoldings

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 1, tzinfo=UTC)
MAIL = ("contact.email",)


def held(
    path: str,
    *categories: str,
    people: int = 1,
    codes: int = 0,
    readers: tuple[str, ...] = (),
    modified: datetime | None = NOW,
) -> AssetHoldings:
    keys = (("EMAIL_ADDRESS", people), ("FI_PERSONAL_IDENTITY_CODE", codes))
    return AssetHoldings(
        "share", path, modified, readers, categories or MAIL, tuple(key for key in keys if key[1])
    )


def names(*holdings: AssetHoldings) -> list[str]:
    return [place.asset for place in ranked(holdings, TODAY)]


@pytest.mark.parametrize(
    ("place", "weight"),
    [
        (held("mail"), 1),
        (held("health", "special.health", people=0), 5),
        (held("criminal", "criminal.record", people=0), 5),
        (held("codes", "identity.national_id", people=0, codes=1), 4 + 1),
        (held("table", "identity.national_id", people=0, codes=900), 10 + 3),
        (held("ten", people=10), 2),
        (held("crowd", people=2_000_000), 5),
        (held("open", people=0, readers=("everyone",)), 2),
        (held("closed", people=0, readers=("user root",)), 0),
        (held("old", people=0, modified=datetime(2025, 11, 22, tzinfo=UTC)), 1),
        (held("no day", people=0, modified=None), 0),
    ],
    ids=lambda value: value.path if isinstance(value, AssetHoldings) else "",
)
def test_each_weight_is_as_documented(place: AssetHoldings, weight: int) -> None:
    assert [weight] == [each.weight for each in ranked([place], TODAY)]


def test_the_factors_weigh_in_their_documented_order() -> None:
    assert ["special", "codes", "crowd", "open", "old", "none"] == names(
        held("none"),
        held("old", modified=datetime(2020, 1, 1, tzinfo=UTC)),
        held("open", readers=("everyone",)),
        held("crowd", people=1_000),
        held("codes", "identity.national_id", codes=1),
        held("special", "special.health"),
    )


def test_many_identity_codes_are_above_a_letter_that_has_one_and_an_illness() -> None:
    """Five letters about a few people hid a payroll of nine hundred identity codes."""
    everyone = ("everyone",)
    assert ["payroll", "letter"] == names(
        held("letter", "special.health", people=11, codes=1, readers=everyone),
        held("payroll", "identity.national_id", people=900, codes=900, readers=everyone),
    )


def test_one_word_about_health_is_not_above_ten_thousand_identity_codes() -> None:
    assert ["table", "letter"] == names(
        held("letter", "special.health"), held("table", "identity.national_id", codes=10_000)
    )


def test_persons_are_not_counted_once_for_each_thing_that_names_them() -> None:
    """Twenty people with an address, a number and a name each are twenty, and dates are none."""
    keys = (("BIRTH_DATE", 90), ("EMAIL_ADDRESS", 20), ("PERSON", 20), ("PHONE_NUMBER", 18))
    (place,) = ranked([AssetHoldings("s", "a", NOW, (), MAIL, keys)], TODAY)

    assert place.people == 20


def test_what_is_no_personal_data_is_no_place() -> None:
    assert names(held("links", "technical.url", "time")) == []


def test_what_weighs_most_is_named_first() -> None:
    (place,) = ranked(
        [held("a", "contact.email", "identity.national_id", "location", "special.health")], TODAY
    )

    assert place.categories == (
        "special.health",
        "identity.national_id",
        "contact.email",
        "location",
    )


@given(
    st.permutations(
        [held(str(number), people=number % 4, codes=number % 3) for number in range(12)]
    )
)
def test_the_order_in_which_places_come_makes_no_difference(places: list[AssetHoldings]) -> None:
    everything = ranked(places, TODAY)

    assert everything == ranked(reversed(places), TODAY)
    assert everything[:5] == ranked(places, TODAY, most=5)
