"""The companies by name."""

from collections.abc import Mapping

from bench.companies import held_out, nordic, swedish
from bench.companies.world import Company

COMPANIES: Mapping[str, Company] = {
    "swedish": swedish.COMPANY,
    "nordic": nordic.COMPANY,
    "held-out": held_out.COMPANY,
}
