"""Which waiver holds on which finding: by its id, its place or the values that it rests on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from rules.identity import finding_id, form_of, place_of
from rules.model import Rule, Violation, Waiver, WaiverKind


@dataclass(frozen=True, slots=True)
class Mark:
    """A waiver that was given for one finding, and how what it holds on is known again."""

    waiver: Waiver
    place: str = ""
    """`rules.identity.place` of its scope `place`."""
    values: frozenset[str] = frozenset()
    """`rules.identity.value` of each value of its scope `value`."""
    form: str = ""
    """`rules.identity.form_of` the rule of a false alarm, as it was then."""


class Marks:
    """The waivers of single findings that hold on a day under the rules of that day."""

    def __init__(self, marks: Iterable[Mark], rules: Iterable[Rule], today: date) -> None:
        forms = {rule.id: form_of(rule) for rule in rules}
        self.outdated: tuple[Mark, ...] = ()
        """False alarms of rules that ask something else now, or are not there: judged again."""
        self._findings: dict[str, Waiver] = {}
        self._places: dict[tuple[str, str], Waiver] = {}
        self._values: dict[str, list[Mark]] = {}
        for mark in marks:
            waiver = mark.waiver
            if waiver.is_over(today):
                continue
            if waiver.kind is WaiverKind.FALSE_ALARM and mark.form != forms.get(waiver.rule):
                self.outdated = (*self.outdated, mark)
            elif waiver.scope == "value":
                self._values.setdefault(waiver.rule, []).append(mark)
            elif waiver.scope == "place":
                self._places[waiver.rule, mark.place] = waiver
            else:
                self._findings[waiver.finding] = waiver

    def named(
        self,
        key: bytes,
        violation: Violation,
        values: Callable[[Violation], frozenset[str]],
    ) -> Violation:
        """Give the finding with its id, and with the waiver that holds on it if any does.

        `values` is asked only for the findings of a rule of which values are waived.
        """
        named = replace(violation, id=finding_id(key, violation))
        waiver = violation.waiver or self._findings.get(named.id)
        if waiver is None and self._places:
            waiver = self._places.get((named.rule, place_of(key, named)))
        if waiver is None and (known := self._values.get(named.rule)):
            rests_on = values(named)
            held = (mark.waiver for mark in known if rests_on and rests_on <= mark.values)
            waiver = next(held, None)
        return replace(named, waiver=waiver)
