"""The event log of a samtale: live recorder, measures, timeline, file formats."""
