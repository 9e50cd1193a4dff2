"""Figures of the product's running in Prometheus' text format. No label names a person, an organisation or a thing."""

from __future__ import annotations

from typing import Any, Final

from flask import Flask, current_app
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy import func, select

from supervision.db import db, metadata
from supervision.drift.jobs import last_success

NAME: Final = "metrics"
BUCKETS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
REFUSALS: Final = (400, 401, 403, 404, 409, 413, 415, 422, 429, 503, 507)
"""Which answers that say no are counted each for itself."""
CONTENT_TYPE: Final = CONTENT_TYPE_LATEST


class Metrics:
    """The counters of one application in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = self._count(
            "requests", "Answers by endpoint and class of status.", "endpoint", "status"
        )
        self.refusals = self._count("refusals", "Answers that say no, by status.", "status")
        self.ticks = self._count("ticks_stored", "Events of recorders that are on disk.")
        self.turned_away = self._count(
            "turned_away", "Batches of devices told to come again, and why.", "why"
        )
        self.unlogged = self._count("access_log_failures", "Pages refused since the access log took no row.")
        self.seconds = Histogram(
            "supervision_request_seconds",
            "How long answers took.",
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.outbox = self._gauge("outbox_waiting", "E-mails that have not been sent or given up.")
        self.aside = self._gauge("quarantine_events", "Events put aside for their sender.")
        self.jobs = self._gauge("job_last_success_seconds", "When a job last ended well (Unix time).", "job")

    def _count(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(f"supervision_{name}", words, labels, registry=self.registry)

    def _gauge(self, name: str, words: str, *labels: str) -> Gauge:
        return Gauge(f"supervision_{name}", words, labels, registry=self.registry)


def init_metrics(app: Flask) -> None:
    """Give the application its counters."""
    app.extensions[NAME] = Metrics()


def metrics() -> Metrics:
    """The running application's."""
    found: Metrics = current_app.extensions[NAME]
    return found


def count_answer(endpoint: str | None, status: int, seconds: float) -> None:
    """One answer has been made. endpoint: None when the address is no endpoint's."""
    found = metrics()
    found.requests.labels(endpoint or "ukendt", f"{status // 100}xx").inc()
    found.seconds.observe(seconds)
    if status in REFUSALS:
        found.refusals.labels(str(status)).inc()


def count_turned_away(app: Flask, endpoint: str, why: str) -> None:
    """A device was told to come again before its request was looked at. No time is noted: it would flatter."""
    found: Metrics = app.extensions[NAME]
    found.turned_away.labels(why).inc()
    found.requests.labels(endpoint, "5xx").inc()
    found.refusals.labels("503").inc()


def as_text() -> bytes:
    """Everything, with what stands in the database read now."""
    found = metrics()
    besked, karantaene = metadata.tables["besked"], metadata.tables["karantaene"]
    found.outbox.set(_rows(besked, besked.c.sendt_at.is_(None), besked.c.opgivet_at.is_(None)))
    found.aside.set(_rows(karantaene))
    for navn, at in last_success().items():
        found.jobs.labels(navn).set(at.timestamp())
    return generate_latest(found.registry)


def _rows(table: Any, *only: Any) -> int:
    return int(db.session.scalar(select(func.count()).select_from(table).where(*only)) or 0)
