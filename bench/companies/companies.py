"""The companies by name."""

from collections.abc import Mapping

from bench.companies import nordic, swedish
from bench.companies.world import Company

COMPANIES: Mapping[str, Company] = {
    "swedish": swedish.COMPANY,
    "nordic": nordic.COMPANY,
}
