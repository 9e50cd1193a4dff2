"""Projects of BORIS, the observation program most used in research, in and out."""

from supervision.observationer.formats.boris.read import read_logs
from supervision.observationer.formats.boris.write import UdLog, rows, write

__all__ = ["UdLog", "read_logs", "rows", "write"]
