"""Countries and transfer tools in data protection law, with the days on which they hold.

A transfer is judged by the law of its day: one to the United States in 2021 had no adequacy
decision to rest on, one in 2024 may have (GDPR Arts. 44 to 49).
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

Scope = Literal["full", "conditional", "none"]
Answer = Literal["valid", "conditional", "invalid", "unknown", "not_needed"]
_NUMBER = re.compile(r"(\d{2,4}/\d{1,4})")


@dataclass(frozen=True, slots=True)
class Adequacy:
    """One adequacy decision (GDPR Art. 45)."""

    country: str
    act: str
    valid_from: date
    valid_until: date | None
    scope: Scope
    condition: str


@dataclass(frozen=True, slots=True)
class Membership:
    """The first and last day of a country's membership, where it has one."""

    since: date | None
    until: date | None

    def holds(self, on: date) -> bool:
        """Say whether the country is a member on a day."""
        started = self.since is None or self.since <= on
        return started and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class TransferTool:
    """One act on which transfers rest, or rested."""

    tool: str
    act: str
    country: str | None
    """The only country for which it holds."""
    valid_from: date
    valid_until: date | None
    signed_until: date | None
    """The last day on which it could be newly concluded."""
    condition: str

    def holds(self, on: date) -> bool:
        """Say whether transfers may rest on it on a day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a tool carries a transfer, and on what that depends."""

    answer: Answer
    acts: tuple[str, ...]
    """The acts that hold on the day."""
    why: str


@dataclass(frozen=True, slots=True)
class Places:
    """The shipped facts."""

    eea: frozenset[str]
    decisions: tuple[Adequacy, ...]
    public_mail: frozenset[str]
    tools: tuple[TransferTool, ...] = ()
    memberships: tuple[tuple[str, Membership], ...] = ()

    def adequacy(self, country: str, on: date) -> Adequacy | None:
        """Give the decision for a country that holds on a day."""
        for decision in self.decisions:
            ended = decision.valid_until is not None and decision.valid_until < on
            if decision.country == country and decision.valid_from <= on and not ended:
                return decision
        return None

    def is_eea(self, country: str, on: date) -> bool:
        """Say whether a country is in the EEA on a day; the United Kingdom was until 2020."""
        for code, membership in self.memberships:
            if code == country:
                return membership.holds(on)
        return country in self.eea

    def tool_valid(
        self, tool: str, version: str, country: str, on: date, signed: date | None = None
    ) -> Judgement:
        """Judge what a transfer to a country rests on, by the law of the day.

        `version` is the act if it is known; empty clauses are `unknown` while several sets hold,
        and a set concluded after its last day is `invalid`.
        """
        if country and self.is_eea(country, on):
            return Judgement("not_needed", (), "the country is in the EEA")
        if tool == "adequacy":
            return self._by_decision(country, on)
        known = [each for each in self.tools if each.tool == tool]
        named = [each for each in known if not version or _same_act(each.act, version)]
        if not named:
            return Judgement("unknown", (), "no such tool is known")
        holding = [each for each in named if each.holds(on) and each.country in {None, country}]
        if not holding:
            return Judgement("invalid", (), _why_not(named, country, on))
        return _of_holding(tuple(holding), version, signed)

    def _by_decision(self, country: str, on: date) -> Judgement:
        decision = self.adequacy(country, on)
        if decision is None:
            return Judgement("invalid", (), "no adequacy decision holds on that day")
        answer: Answer = "conditional" if decision.scope == "conditional" else "valid"
        return Judgement(answer, (decision.act,), decision.condition)


@cache
def places() -> Places:
    """Read the shipped facts once."""
    raw = yaml.safe_load(files("ropa").joinpath("places.yaml").read_text("utf-8"))
    decisions = tuple(
        Adequacy(
            entry["country"],
            entry["act"],
            entry["from"],
            entry.get("until"),
            entry["scope"],
            entry.get("condition", ""),
        )
        for entry in raw["adequacy"]
    )
    tools = tuple(
        TransferTool(
            entry["tool"],
            entry["act"],
            entry.get("country"),
            entry["from"],
            entry.get("until"),
            entry.get("signed_until"),
            entry.get("condition", ""),
        )
        for entry in raw["tools"]
    )
    memberships = tuple(
        (code, Membership(days.get("from"), days.get("until")))
        for code, days in raw["eea_days"].items()
    )
    return Places(
        frozenset(raw["eea"]), decisions, frozenset(raw["public_mail"]), tools, memberships
    )


def _of_holding(holding: tuple[TransferTool, ...], version: str, signed: date | None) -> Judgement:
    if signed is not None:
        in_time = tuple(each for each in holding if _could_be_signed(each, signed))
        if not in_time:
            return Judgement("invalid", (), f"it could not be concluded on {signed.isoformat()}")
        holding = in_time
    acts = tuple(each.act for each in holding)
    if len(holding) > 1 and not version:
        return Judgement("unknown", acts, "the version is not stated")
    return Judgement("conditional", acts, holding[0].condition)


def _could_be_signed(tool: TransferTool, signed: date) -> bool:
    ended = tool.signed_until is not None and tool.signed_until < signed
    return tool.valid_from <= signed and not ended


def _why_not(named: list[TransferTool], country: str, on: date) -> str:
    for each in named:
        if each.country not in {None, country}:
            return f"{each.act} holds for {each.country} only"
    last = max((each.valid_until for each in named if each.valid_until), default=None)
    if last is not None and last < on:
        return f"{named[-1].act} ended on {last.isoformat()}"
    return f"{named[0].act} holds from {named[0].valid_from.isoformat()}"


def _same_act(act: str, version: str) -> bool:
    one, other = _NUMBER.search(act), _NUMBER.search(version)
    return one is not None and other is not None and one.group() == other.group()
