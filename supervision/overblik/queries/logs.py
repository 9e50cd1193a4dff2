"""The figures of many logs at once, by the same code as everywhere."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from supervision.observationer.measures import Maal
from supervision.observationer.queries import list_maal


def maal_of_logs(ids: Collection[UUID]) -> dict[UUID, Maal]:
    """Observation id -> its figures, from the kept rows; whoever calls has loaded the ids through what may be seen."""
    return list_maal(ids)
