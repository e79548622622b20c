"""The letters of a company: hand-written wordings, taken in turn, with their slots filled."""

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bench.companies.world import Candidacy

_FOLDER = Path(__file__).parent / "letters"


class Letters:
    """Writes letters in a company's wording; each kind uses all its wordings in turn."""

    def __init__(self, name: str, company: str, signer: str) -> None:
        self._texts = _texts(name)
        self._slots = {"company": company, "signer": signer}
        self._used: Counter[tuple[str, str]] = Counter()

    def core(self, kind: str, candidacy: Candidacy, **slots: str) -> str:
        """Give what a letter says, without greeting and closing."""
        return self._next(kind, candidacy, **slots)

    def to_applicant(self, kind: str, candidacy: Candidacy) -> str:
        """Write from the company."""
        parts = (
            self._next("greetings", candidacy),
            self._next(kind, candidacy),
            self._next("closings", candidacy),
        )
        return "\n\n".join(parts)

    def from_applicant(self, kind: str, candidacy: Candidacy) -> str:
        """Write from the applicant, who signs with everything."""
        person = candidacy.person
        return f"{self._next(kind, candidacy)}\n\n{person.name}\n{person.phone}"

    def subject(self, candidacy: Candidacy) -> str:
        """Give what a mail is called."""
        if candidacy.post is None:
            return self._next("open_subjects", candidacy)
        return self._next("subjects", candidacy)

    def _next(self, kind: str, candidacy: Candidacy, **slots: str) -> str:
        language = candidacy.person.language
        if candidacy.post is None and kind == "applies":
            kind = "applies_openly"
        wordings = self._texts[language][kind]
        number = self._used[language, kind]
        self._used[language, kind] += 1
        post, person = candidacy.post, candidacy.person
        return str(wordings[number % len(wordings)]).format(
            given=person.given,
            family=person.family,
            name=person.name,
            title=post.titled(language) if post else "",
            code=post.code if post else "",
            **self._slots,
            **slots,
        )


@cache
def _texts(name: str) -> dict[str, dict[str, list[str]]]:
    found: Any = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text("utf-8"))
    return dict(found)
