"""Reading observationer: who may see a log, and what of it.

The observatør sees it from the start and until `observatoer_indtil`, the fokusperson from `overdraget_at`,
nobody else at any time. Notes are the observatør's alone: for everybody else their text is left out. What was put
aside is seen by whoever sent it.
"""

from __future__ import annotations

from supervision.observationer.queries.devices import (
    DEVICE_OPEN,
    find_open_link,
    hash_of_code,
    is_device_open,
    list_device_links,
)
from supervision.observationer.queries.logs import (
    PAGE,
    count_haendelser,
    count_observationer,
    count_observationer_of_samtale,
    find_observation_of,
    find_stored_haendelser,
    get_observation,
    list_haendelser,
    list_kryds,
    list_observationer,
    list_observationer_of_samtale,
    list_seen_haendelser,
)
from supervision.observationer.queries.quarantine import (
    LagtTilSide,
    count_karantaene,
    get_stranded,
    list_karantaene,
)
from supervision.observationer.queries.sammenfatninger import (
    count_logs,
    list_log_ids,
    list_logs,
    list_maal,
    list_wrong_sammenfatninger,
)
from supervision.observationer.queries.tidslinjer import (
    SamletTidslinje,
    Tidslinje,
    get_samlet,
    get_tidslinje,
    maal_of,
    navne_of,
)
from supervision.observationer.queries.udtraek import iter_own, list_own_ids

__all__ = [
    "DEVICE_OPEN",
    "PAGE",
    "LagtTilSide",
    "SamletTidslinje",
    "Tidslinje",
    "count_haendelser",
    "count_karantaene",
    "count_logs",
    "count_observationer",
    "count_observationer_of_samtale",
    "find_observation_of",
    "find_open_link",
    "find_stored_haendelser",
    "get_observation",
    "get_samlet",
    "get_stranded",
    "get_tidslinje",
    "hash_of_code",
    "is_device_open",
    "iter_own",
    "list_device_links",
    "list_haendelser",
    "list_karantaene",
    "list_kryds",
    "list_log_ids",
    "list_logs",
    "list_maal",
    "list_observationer",
    "list_observationer_of_samtale",
    "list_own_ids",
    "list_seen_haendelser",
    "list_wrong_sammenfatninger",
    "maal_of",
    "navne_of",
]
