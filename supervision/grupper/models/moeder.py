"""A læringsgruppe's meeting. Whether it is called, running, held or cancelled is derived from who did what when."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supervision.db import Base, UuidKey
from supervision.grupper.models.grupper import Laeringsgruppe, Runde


class Moede(Base):
    """One meeting of a group, in a round or outside one; two hours where nothing else is said.

    `tjek_ud_anonymt`: the group wants the boxes of tjek ud without names. `planche_tal`: the group's one number 1–10.
    `flyttet_at`: when its time or place was last changed; who answered before that is asked again.
    """

    __tablename__ = "moede"
    __table_args__ = (
        CheckConstraint("minutter BETWEEN 30 AND 240", "minutter"),
        CheckConstraint("aflyst_at IS NULL OR begyndt_at IS NULL", "aflyst"),
        CheckConstraint(
            "sluttet_at IS NULL OR (begyndt_at IS NOT NULL AND sluttet_at >= begyndt_at)", "slut"
        ),
        CheckConstraint("planche_tal IS NULL OR planche_tal BETWEEN 1 AND 10", "planche_tal"),
        Index(None, "gruppe_id", "start_at"),
    )

    id: Mapped[UuidKey]
    gruppe_id: Mapped[UUID] = mapped_column(ForeignKey("laeringsgruppe.id", ondelete="CASCADE"))
    runde_id: Mapped[UUID | None] = mapped_column(ForeignKey("runde.id", ondelete="SET NULL"), index=True)
    start_at: Mapped[datetime]
    minutter: Mapped[int] = mapped_column(default=120)
    sted: Mapped[str] = mapped_column(String(120), default="")
    tjek_ud_anonymt: Mapped[bool] = mapped_column(default=False)
    indkaldt_at: Mapped[datetime]
    indkaldt_af: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    aflyst_at: Mapped[datetime | None]
    begyndt_at: Mapped[datetime | None]
    sluttet_at: Mapped[datetime | None]
    planche_tal: Mapped[int | None]
    flyttet_at: Mapped[datetime | None]
    gruppe: Mapped[Laeringsgruppe] = relationship()
    runde: Mapped[Runde | None] = relationship()
