"""Which term of the Data Privacy Vocabulary says what the register says."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files

from ropa.model import Record, Role, Tool, Transfer
from scanner.errors import ReportError
from scanner.yamlfile import load

Term = str
"""A compact IRI: `dpv:Purpose`."""


class RoleTerms(Record):
    """A recipient's role."""

    type: Term
    property: Term


class ToolTerms(Record):
    """What a transfer rests on; a tool, a basis, or both."""

    type: Term | None = None
    basis: Term | None = None


class CommissionClauses(ToolTerms):
    """Standard contractual clauses that the Commission adopted."""

    versions: frozenset[str]


class Terms(Record):
    """All terms of one version of the vocabulary."""

    version: str
    namespaces: Mapping[str, str]
    roles: Mapping[Role, RoleTerms]
    agreements: Mapping[str, Term]
    tools: Mapping[Tool, ToolTerms]
    commission_clauses: CommissionClauses
    status: Mapping[str, Term]
    subjects: Mapping[Term, frozenset[str]]

    def role(self, role: Role | None) -> RoleTerms:
        """Give the terms of a role; a recipient without one is just that."""
        plain = RoleTerms(type="dpv:Recipient", property="dpv:hasRecipient")
        return self.roles[role] if role else plain

    def agreement(self, role: Role | None) -> Term:
        """Give the class of the agreement with a recipient."""
        return self.agreements.get(role or "other") or self.agreements["other"]

    def tool(self, transfer: Transfer) -> ToolTerms:
        """Give the terms of what a transfer rests on."""
        if transfer.tool is None:
            return ToolTerms()
        clauses = self.commission_clauses
        if transfer.tool is Tool.SCC and transfer.version in clauses.versions:
            return clauses
        return self.tools[transfer.tool]

    def subject(self, *names: str) -> Term | None:
        """Give the class of data subjects that are called so; none where nobody knows the word."""
        wanted = {name.strip().casefold() for name in names} - {""}
        found = {term for term, known in self.subjects.items() if wanted & known}
        return found.pop() if len(found) == 1 else None


@cache
def terms() -> Terms:
    """Read the terms."""
    with as_file(files("reports").joinpath("dpv", "terms.yaml")) as path:
        return load(path, Terms, ReportError)
