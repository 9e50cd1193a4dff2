"""Published figures: who belongs to which group of a quarter, and what was computed once and stands (R2, R6)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supervision.db import Base, UuidKey


class Rapportplan(Base):
    """An organisation's fixed plan: teams with the same name here are one group from the next quarter that opens."""

    __tablename__ = "rapportplan"
    __table_args__ = (CheckConstraint("navn <> ''", "navn"),)

    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    navn: Mapped[str] = mapped_column(String(120))
    aendret_at: Mapped[datetime]
    aendret_af: Mapped[UUID]


class Rapportvalg(Base):
    """What divides an organisation's figures from the next quarter that opens: teams, or types of samtale (R2)."""

    __tablename__ = "rapportvalg"
    __table_args__ = (CheckConstraint("opdeling IN ('team', 'samtaletype')", "opdeling"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    opdeling: Mapped[str] = mapped_column(String(20))
    aendret_at: Mapped[datetime]
    aendret_af: Mapped[UUID]


class Rapportgruppe(Base):
    """A group of one quarter, fixed when the quarter opened; `noegle` tells it from the others of that quarter.

    `samtaletype`: only samtaler of that type count in it; None: all but exercises.
    """

    __tablename__ = "rapportgruppe"
    __table_args__ = (
        CheckConstraint("nr BETWEEN 1 AND 4", "nr"),
        UniqueConstraint("organisation_id", "aar", "nr", "noegle"),
    )

    id: Mapped[UuidKey]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    aar: Mapped[int]
    nr: Mapped[int]
    noegle: Mapped[str] = mapped_column(String(130))
    navn: Mapped[str] = mapped_column(String(120))
    samtaletype: Mapped[str | None] = mapped_column(String(20))
    fastlagt_at: Mapped[datetime]
    teams: Mapped[list[RapportgruppeTeam]] = relationship(cascade="all, delete-orphan")
    personer: Mapped[list[RapportgruppePerson]] = relationship(cascade="all, delete-orphan")


class RapportgruppeTeam(Base):
    """A team of the group; its page shows the group's figures."""

    __tablename__ = "rapportgruppe_team"

    gruppe_id: Mapped[UUID] = mapped_column(
        ForeignKey("rapportgruppe.id", ondelete="CASCADE"), primary_key=True
    )
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"), primary_key=True, index=True)


class RapportgruppePerson(Base):
    """Who may count in the group's figures, whatever team they move to later."""

    __tablename__ = "rapportgruppe_person"

    gruppe_id: Mapped[UUID] = mapped_column(
        ForeignKey("rapportgruppe.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


class Udgivelse(Base):
    """One organisation's quarter, computed once. With `stoppet_grund` the audit has stopped it: nothing of it is shown.

    `regler`: the version of the rules that it was computed by.
    """

    __tablename__ = "udgivelse"
    __table_args__ = (
        UniqueConstraint("organisation_id", "aar", "nr"),
        CheckConstraint("(stoppet_at IS NULL) = (stoppet_grund IS NULL)", "stoppet"),
    )

    id: Mapped[UuidKey]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    aar: Mapped[int]
    nr: Mapped[int]
    regler: Mapped[int]
    beregnet_at: Mapped[datetime]
    stoppet_at: Mapped[datetime | None]
    stoppet_grund: Mapped[str | None] = mapped_column(String(300))
    tal: Mapped[list[UdgivetTal]] = relationship(cascade="all, delete-orphan", order_by="UdgivetTal.plads")


class UdgivetTal(Base):
    """One frozen figure as it was shown first: its words, what a picture draws of it, and its band.

    gruppe_id None: the organisation's, over the groups that are shown. `hvem`: whom it rests on, read by R7 and the
    audit and shown to nobody.
    """

    __tablename__ = "udgivet_tal"
    __table_args__ = (
        UniqueConstraint("udgivelse_id", "gruppe_id", "billede", "kode"),
        CheckConstraint("personer >= 5", "k"),
    )

    id: Mapped[UuidKey]
    udgivelse_id: Mapped[UUID] = mapped_column(ForeignKey("udgivelse.id", ondelete="CASCADE"))
    gruppe_id: Mapped[UUID | None] = mapped_column(ForeignKey("rapportgruppe.id"), index=True)
    billede: Mapped[str] = mapped_column(String(20))
    plads: Mapped[int]
    kode: Mapped[str] = mapped_column(String(80))
    navn: Mapped[str] = mapped_column(String(120))
    tekst: Mapped[str] = mapped_column(String(40))
    tegnet: Mapped[int]
    baand: Mapped[str] = mapped_column(String(40))
    personer: Mapped[int]
    hvem: Mapped[list[UdgivetPerson]] = relationship(cascade="all, delete-orphan")


class UdgivetPerson(Base):
    """One of those a figure rests on."""

    __tablename__ = "udgivet_person"

    tal_id: Mapped[UUID] = mapped_column(ForeignKey("udgivet_tal.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)


class Kendskab(Base):
    """R7: somebody has been able to see somebody's figures of a quarter, in the organisation whose figures these are.

    Put down when the quarter is published or tried again, and when what it was seen in is deleted (a log, a
    gruppebillede): that goes after a year, or by its owner, and what somebody knows does not. So a frozen figure opens
    no sooner than before. Read by R7 and the audit, shown to nobody, and kept as long as the quarter's figures.
    """

    __tablename__ = "kendskab"
    __table_args__ = (
        CheckConstraint("nr BETWEEN 1 AND 4", "nr"),
        CheckConstraint("seer_id <> person_id", "en_anden"),
    )

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    aar: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    nr: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seer_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
