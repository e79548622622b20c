"""What was seen is summed up the same, in whatever order it comes."""

from itertools import permutations

from ropa.observed import FlowTally
from scanner.model import Flow


def test_a_flows_example_does_not_depend_on_which_worker_was_first() -> None:
    """Two scans of one company named different mails: the first of the fullest that came."""
    little = ("b", Flow("x.example", "mail", ("contact.email",), None))
    much = Flow("x.example", "mail", ("contact.email", "identity.name"), None)

    examples = set()
    for order in permutations((little, ("d", much), ("c", much))):
        tally = FlowTally(frozenset(), ())
        for asset, flow in order:
            tally.add("mail", asset, flow)
        examples.add(tally.summaries(lambda *_: ())[0].example)

    assert {"c"} == examples
