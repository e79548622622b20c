"""What GDPR Art. 13(1)(f) asks about third countries, and claims that cannot both be true."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from ropa.notice.base import Evidence
from ropa.notice.checks.base import Checked, Found, quotes_of
from ropa.notice.view import Flow
from ropa.places import places

_ARTICLE_46 = frozenset(
    {"standard_contractual_clauses", "binding_corporate_rules", "scc", "bcr", "ad_hoc_clauses"}
)
_ADEQUACY = frozenset({"adequacy_decision", "adequacy", "dpf", "data_privacy_framework"})
_CLAUSES = frozenset({"standard_contractual_clauses", "scc"})
_ISO = 2
"""Letters of a country in ISO 3166-1 alpha-2."""


def locations(notice: Checked) -> Iterator[Found]:
    """Compare what the notice claims of the places where data are processed."""
    said = notice.view.transfers
    pair = said.default_claim.evidence and said.contradicting_claim.evidence
    evidence = quotes_of(said.default_claim.evidence, said.contradicting_claim.evidence)
    yield Found("location_claims_conflict", bool(pair), evidence if pair else ())


def safeguards(notice: Checked) -> Iterator[Found]:
    """Name the transfers for which neither an adequacy decision nor a safeguard is told."""
    outside = [flow for flow in notice.view.transfers.flows if _leaves(flow)]
    covered = {name for flow in outside if flow.mechanism for name in notice.names_of(flow)}
    tools = "\n".join(line.text for line in notice.lines_with("says", "tool"))
    open_ = {
        flow.id: [name for name in _targets(notice, flow, tools) if name not in covered]
        for flow in outside
        if not flow.mechanism
    }
    bare = [flow for flow in outside if open_.get(flow.id)]
    names = dict.fromkeys(name for flow in bare for name in open_[flow.id])
    evidence = quotes_of(*(flow.evidence for flow in bare))
    yield Found("transfers_without_safeguard", tuple(names), evidence)
    said = notice.view.transfers
    told = bool(outside or said.mechanisms_listed or said.exception_claim.evidence)
    yield Found("transfers_told", told, quotes_of(*(flow.evidence for flow in outside)))
    abroad = tuple(
        entry
        for entry in notice.view.organisations
        if len(entry.country) == _ISO and entry.country not in places().eea
    )
    yield Found(
        "recipients_abroad",
        tuple(dict.fromkeys(entry.name for entry in abroad)),
        quotes_of(*(entry.evidence for entry in abroad)),
    )


def _targets(notice: Checked, flow: Flow, tools: str) -> Iterator[str]:
    """Name the recipients of a flow that do not sit in the EEA, and have no tool beside them."""
    for key, name in zip(flow.to or (flow.country,), notice.names_of(flow), strict=True):
        organisation = notice.organisation(key)
        near = organisation is not None and organisation.country in places().eea
        if not near and name not in tools:
            yield name


def _leaves(flow: Flow) -> bool:
    """Say whether a flow goes to a country outside the EEA, named or not."""
    if flow.third_country is not None:
        return flow.third_country
    return bool(flow.country) and flow.country not in places().eea


def countries(notice: Checked) -> Iterator[Found]:
    """Find statements of transfers in a part of the notice that names no third country."""
    said = notice.view.transfers.exception_claim.evidence
    there = [line.number for line in notice.lines_with("says", "third_country")]
    unnamed = tuple(one for one in said if not _names_country(notice, one, there))
    yield Found("countries_unnamed", bool(unnamed), unnamed)


def _names_country(notice: Checked, evidence: Evidence, there: Sequence[int]) -> bool:
    """Look for a third country in the whole section, by the lines that name one."""
    section = notice.section(evidence.line)
    first, last = (section.first, section.last) if section else (evidence.line, evidence.line)
    return bisect_left(there, first) < bisect_right(there, last)


def tools(notice: Checked) -> Iterator[Found]:
    """Say what is told of the tools: adequacy, a copy, a choice of several, the version."""
    said = notice.view.transfers
    used = {flow.mechanism for flow in said.flows if flow.mechanism}
    listed = {tool.id for tool in said.mechanisms_listed} | used
    there, quotes = notice.contains("adequacy")
    yield Found("adequacy_told", bool(listed & _ADEQUACY) or there, quotes)
    clauses = tuple(
        tool.evidence for tool in (*said.mechanisms_listed, *said.flows) if _rests_on_46(tool)
    )
    yield Found("article46_used", bool(listed & _ARTICLE_46), quotes_of(*clauses))
    offered = said.copy_of_safeguards
    copied, words_for_it = notice.contains("safeguard_copy")
    yield Found(
        "safeguard_copy_told",
        bool(offered.offered or offered.evidence) or copied,
        offered.evidence or words_for_it,
    )
    by_line: dict[int, set[str]] = {}
    for tool in said.mechanisms_listed:
        for one in tool.evidence:
            by_line.setdefault(one.line, set()).add(tool.id)
    menus = {number for number, ids in by_line.items() if len(ids) > 1}
    menu = tuple(
        one for tool in said.mechanisms_listed for one in tool.evidence if one.line in menus
    )
    yield Found("tools_as_menu", bool(menu), quotes_of(menu))
    dated = bool(notice.says("says", "scc_version")) or any(f.scc_version for f in said.flows)
    yield Found("clauses_used", bool(listed & _CLAUSES), quotes_of(*clauses))
    yield Found("clauses_dated", dated)


def _rests_on_46(tool: object) -> bool:
    name = getattr(tool, "mechanism", "") or getattr(tool, "id", "")
    return name in _ARTICLE_46


CHECKS = (locations, safeguards, countries, tools)
