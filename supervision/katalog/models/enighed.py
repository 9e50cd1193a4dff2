"""How far those who saw the same samtaler set the same ticks, for each kendetegn of an organisation."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from supervision.db import Base


class KendetegnEnighed(Base):
    """One kendetegn's figures, made anew with each published quarter, and only of enough (`rules.kan_staa`).

    enighed, uden_en: hundredths, 0 to 100; uden_en is the agreement when whoever of the observers raises it most by
    not being there is left out. kryds: ticks in all the logs. It names nobody, and no page shows the figures.
    """

    __tablename__ = "kendetegn_enighed"
    __table_args__ = (
        CheckConstraint("samtaler >= 5", "samtaler"),
        CheckConstraint("observatoerer >= 5", "k"),
        CheckConstraint("kryds >= 20", "kryds"),
        CheckConstraint("enighed BETWEEN 0 AND 100", "enighed"),
        CheckConstraint("uden_en BETWEEN 0 AND 100", "uden_en"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    kode: Mapped[str] = mapped_column(String(80), primary_key=True)
    samtaler: Mapped[int]
    observatoerer: Mapped[int]
    kryds: Mapped[int]
    enighed: Mapped[int]
    uden_en: Mapped[int]
    beregnet_at: Mapped[datetime]
