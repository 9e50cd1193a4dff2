"""From event log to the picture of a samtale: numbers in, numbers out. `_tidslinje.html` draws it.

Across, a place is a percentage of the time from start to end, so that the picture fills whatever width it
is given and its letters never shrink; down, a place is the number of a lane (bane). Times are raw `t_ms`, as
in the log. What lies outside [start, end] is in no lane, only in the table.
"""

from supervision.observationer.timeline.edits import lines, rettelser
from supervision.observationer.timeline.lanes import ALWAYS, picture
from supervision.observationer.timeline.letters import emner, ugu_runs
from supervision.observationer.timeline.niveau import Niveauer, niveauer
from supervision.observationer.timeline.paper import moments
from supervision.observationer.timeline.shapes import (
    Bane,
    Billede,
    Emner,
    Linje,
    Maerke,
    Navn,
    Raekke,
    Rettelse,
    Streg,
    Ting,
)
from supervision.observationer.timeline.table import elementer, rows
from supervision.observationer.timeline.together import Log, Samlet, together, with_names

__all__ = [
    "ALWAYS",
    "Bane",
    "Billede",
    "Emner",
    "Linje",
    "Log",
    "Maerke",
    "Navn",
    "Niveauer",
    "Raekke",
    "Rettelse",
    "Samlet",
    "Streg",
    "Ting",
    "elementer",
    "emner",
    "lines",
    "moments",
    "niveauer",
    "picture",
    "rettelser",
    "rows",
    "together",
    "ugu_runs",
    "with_names",
]
