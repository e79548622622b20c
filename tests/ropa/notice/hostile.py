"""Notices that are made to take long: what is repeated, nested, endless or listed by thousands."""

from collections.abc import Callable, Iterator, Mapping

Maker = Callable[[int], str]
"""Makes a text of about so many characters."""

REPEATED: Mapping[str, str] = {
    "periods fi": "6 kuukautta ja ",
    "periods sv": "6 månader och ",
    "periods no": "6 måneder og ",
    "periods da": "1 år og 6 måneder og ",
    "periods en": "6 months and ",
    "countries fi": "Suomi, Ruotsi, ",
    "countries en": "Finland, Sweden, ",
    "duties fi": "lakisääteinen velvoite ja ",
    "duties sv": "rättslig förpliktelse och ",
    "duties no": "rettslig forpliktelse og ",
    "duties da": "retlig forpligtelse og ",
    "duties en": "legal obligation and ",
    "consent fi": "suostumus ",
    "consent sv": "samtycke ",
    "consent en": "consent ",
    "prose": "We keep data of applicants for 6 months and share them with Acme Oy in Finland. ",
    "prose without stops": "we keep data for 6 months and share them with Acme Oy in Finland and ",
    "prose in lines": "We keep data of applicants for 6 months, with Acme Oy in Finland.\n",
    "broken lines": "we keep the data for 6 months and share them with acme in finland and\n",
    "one word": "changed",
    "long words": "muuto" * 24 + " ",
    "capitals": "Acme Beta ",
    "headings": "# Retention\n",
    "questions": "Who receives my data?\nNobody\n",
    "brands": "Google Analytics, Microsoft, LinkedIn, ",
    "brands with addresses": "Google https://google.com/ ",
    "one organisation": "We use Acme Oy. ",
    "aliases": 'Acme Oy ("the Company") ',
    "controllers": "The controller is Acme Oy. ",
    "bullets": "- ",
    "items": "- name\n",
    "table row": "consent | 6 months | ",
    "cells": "| ",
    "dates": "1.1.2024 ",
    "dates in words": "updated on 1 January 2024, ",
    "brackets": "(",
    "letters in brackets": "(a) ",
    "closing brackets": ")",
    "quotes": '"',
    "spaces": "          ",
    "runs of spaces": "a    ",
    "tabs": "\t",
    "lines": "\n",
    "digits": "1",
    "telephones": "+358 40 123 4567 ",
    "mails": "privacy@example.com, ",
    "ats": "a@",
    "addresses": "https://example.com/privacy ",
    "host": "a.",
    "dots": ".",
    "abbreviations": "e.g. ",
    "commas": ", ",
    "colons": "a: ",
    "hyphens": "-",
    "hyphenated": "data-",
    "articles": "Article 6(1)(f), (a), ",
    "article": "article ",
    "negations": "not transfer data outside EEA and ",
    "clauses": "standard contractual clauses outside the EEA ",
    "rights": "right to access, right to erasure, ",
    "purposes": "to assess applications and to contact you and ",
    "automated": "automated decision-making and profiling ",
    "keeping": "we keep and delete ",
    "sharing": "we share with our partners and ",
    "data": "such as name and email and ",
    "below": "the countries listed below: Finland. ",
    "stars": "**a** ",
    "hashes": "#",
}
"""Of each, as often as it takes."""

NUMBERED: Mapping[str, tuple[str, str]] = {
    "plain headings": ("", "Heading number {0}\n\nWe keep data for {0} days.\n\n"),
    "table of contents": ("", "{0}. Your rights\n"),
    "nested list": ("", "    - item {0} consent\n"),
    "organisations": ("", "Acme{0} Oy, "),
    "organisations in lines": ("", "Acme{0} Oy provides services.\n"),
    "recipients": ("# Recipients\n", "- Acme{0} Oy (payroll, Norway)\n"),
    "transfers": ("# Transfers\n", "We transfer data to Acme{0} Inc in India.\n"),
    "categories": ("# Personal data\n", "- Group {0}: name, email, phone{0}\n"),
    "data in a line": ("# Personal data\nWe process: ", "name{0}, email, "),
    "kept groups": ("# Retention\n", "- Group {0}: kept for {0} days\n"),
    "purposes in lines": ("# Purposes\n", "- assess application {0} (consent)\n"),
    "bases in lines": ("# Legal basis\n", "The legal basis of item {0} is consent.\n"),
    "mails in lines": ("# Contacts\n", "Data protection officer: dpo{0}@example.com\n"),
}
"""What comes first, and then each with its number."""


def _repeated(unit: str) -> Maker:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def _numbered(first: str, unit: str) -> Maker:
    def make(size: int) -> str:
        count = (size - len(first)) // len(unit.format(100)) + 1
        return first + "".join(unit.format(number) for number in range(1, count + 1))

    return make


def _kinds() -> Iterator[tuple[str, Maker]]:
    for name, unit in REPEATED.items():
        yield name, _repeated(unit)
    for name, (first, unit) in NUMBERED.items():
        yield name, _numbered(first, unit)


KINDS: Mapping[str, Maker] = dict(_kinds())
