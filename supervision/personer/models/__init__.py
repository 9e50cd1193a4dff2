"""Organisations, their teams, people, and the dated roles that tie them together."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from flask_security.core import UserMixin
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from supervision import clock
from supervision.db import Base, UuidKey
from supervision.personer import rules
from supervision.personer.models.adgang import (
    Adgangsforsoeg,
    Adgangsnoegle,
    Indlogning,
    Kodegenerator,
    Noedkode,
)
from supervision.personer.rules.ordvalg import Ordvalg

__all__ = [
    "Adgangsforsoeg",
    "Adgangsnoegle",
    "Beskedvalg",
    "Indlogning",
    "Invitation",
    "Kalenderlink",
    "Kodegenerator",
    "Noedkode",
    "Organisation",
    "Person",
    "Rolletildeling",
    "Team",
]


class Organisation(Base):
    """A jobcenter, an a-kasse, another actor, or a house of supervisors.

    `taletid_graense`: the share in percent from which the recorder says that the medarbejder has had the word for long.
    `ordvalg`: its words where they are not ours, see `rules.ordvalg`. `smart_a`: what the A of SMART stands for.
    `katalog_nr`: rises whenever its own catalogue is another.
    """

    __tablename__ = "organisation"
    __table_args__ = (
        UniqueConstraint("navn"),
        CheckConstraint("slags IN ('jobcenter', 'a_kasse', 'anden_aktoer', 'supervision')", "slags"),
        CheckConstraint("taletid_graense BETWEEN 50 AND 95", "taletid_graense"),
        CheckConstraint("smart_a IN ('begge', 'attraktiv', 'accepteret', 'ambitioes')", "smart_a"),
    )

    id: Mapped[UuidKey]
    navn: Mapped[str] = mapped_column(String(120))
    slags: Mapped[str] = mapped_column(String(20))
    taletid_graense: Mapped[int] = mapped_column(default=80, server_default="80")
    ordvalg: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    smart_a: Mapped[str] = mapped_column(String(20), default="begge", server_default="begge")
    katalog_nr: Mapped[int] = mapped_column(default=0, server_default="0")
    teams: Mapped[list[Team]] = relationship(back_populates="organisation", order_by="Team.navn")

    @property
    def ord(self) -> Ordvalg:
        """The words for the citizen, the worker and the conversation here."""
        return Ordvalg.fra(self.ordvalg)


class Team(Base):
    """A team in one organisation; the group that figures are made for."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("organisation_id", "navn"),)

    id: Mapped[UuidKey]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    navn: Mapped[str] = mapped_column(String(120))
    organisation: Mapped[Organisation] = relationship(back_populates="teams")


class Person(Base, UserMixin):
    """Somebody who can sign in. `fs_uniquifier` is what the session knows; a new one signs out everywhere.

    `slettet_at`: nobody at all, who stands where somebody stood whose data were erased then.
    """

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("email"), CheckConstraint("email = lower(email)", "email_lower"))

    id: Mapped[UuidKey]  # type: ignore[assignment]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    navn: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True, default=lambda: uuid4().hex)
    oprettet_at: Mapped[datetime] = mapped_column(default=clock.now)
    slettet_at: Mapped[datetime | None]
    organisation: Mapped[Organisation] = relationship()
    rolletildelinger: Mapped[list[Rolletildeling]] = relationship(
        back_populates="person", order_by="Rolletildeling.fra", foreign_keys="Rolletildeling.person_id"
    )

    @property
    def fornavn(self) -> str:
        """The first name, for addressing a colleague."""
        return self.navn if self.slettet_at else self.navn.split()[0]

    def roller(self, navn: str) -> list[Rolletildeling]:
        """The person's roles of one kind in force today."""
        return rules.gaeldende(self.rolletildelinger, navn, clock.today())

    def har_rolle(self, navn: str) -> bool:
        """Whether the person has the role today, anywhere."""
        return bool(self.roller(navn))

    @property
    def retter_katalog(self) -> bool:
        """Whether the person may change the methods and skabeloner of any organisation today."""
        return self.har_rolle(rules.ADMINISTRATOR) or any(
            rolle.retter_katalog for rolle in self.roller(rules.SUPERVISOR)
        )

    def maa_rette_katalog(self, organisation_id: UUID) -> bool:
        """Whether the person may change this organisation's methods, skabeloner and words today."""
        return self.har_rolle(rules.ADMINISTRATOR) or any(
            rolle.retter_katalog and rolle.organisation_id == organisation_id
            for rolle in self.roller(rules.SUPERVISOR)
        )

    def team_ids(self, navn: str) -> set[UUID]:
        """The teams in which the person has the role today."""
        return {rolle.team_id for rolle in self.roller(navn) if rolle.team_id is not None}


class Rolletildeling(Base):
    """A role given to a person from a day up to (not with) another; ended, never deleted.

    `retter_katalog`: a supervisor may also change the organisation's methods, skabeloner and words.
    """

    __tablename__ = "rolletildeling"
    __table_args__ = (
        CheckConstraint("rolle IN ('medarbejder', 'teamleder', 'supervisor', 'administrator')", "rolle"),
        CheckConstraint(
            "(rolle IN ('medarbejder', 'teamleder') AND team_id IS NOT NULL AND organisation_id IS NULL)"
            " OR (rolle = 'supervisor' AND organisation_id IS NOT NULL AND team_id IS NULL)"
            " OR (rolle = 'administrator' AND team_id IS NULL AND organisation_id IS NULL)",
            "omfang",
        ),
        CheckConstraint("til IS NULL OR til >= fra", "datoer"),
        CheckConstraint("rolle = 'supervisor' OR NOT retter_katalog", "retter_katalog"),
        Index(
            "uq_rolletildeling_en_medarbejder",
            "person_id",
            unique=True,
            sqlite_where=text("rolle = 'medarbejder' AND til IS NULL"),
            postgresql_where=text("rolle = 'medarbejder' AND til IS NULL"),
        ),
        Index(None, "team_id", "rolle"),
    )

    id: Mapped[UuidKey]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    rolle: Mapped[str] = mapped_column(String(20))
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("team.id"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    fra: Mapped[date]
    til: Mapped[date | None]
    givet_af: Mapped[UUID | None]
    retter_katalog: Mapped[bool] = mapped_column(default=False, server_default=false())
    person: Mapped[Person] = relationship(back_populates="rolletildelinger", foreign_keys=person_id)
    team: Mapped[Team | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class Invitation(Base):
    """A link by which a person chooses a password: one use, 72 hours, only its hash is kept."""

    __tablename__ = "invitation"

    id: Mapped[UuidKey]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    oprettet_at: Mapped[datetime]
    oprettet_af: Mapped[UUID | None]
    udloeber_at: Mapped[datetime]
    brugt_at: Mapped[datetime | None]


class EksternIdentitet(Base):
    """A person as an identity provider knows them: issuer and subject, never an e-mail.

    organisation_id: the person's when the two were tied together; moves the person, they are tied together anew.
    """

    __tablename__ = "ekstern_identitet"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        UniqueConstraint("person_id", "issuer"),
        CheckConstraint("length(issuer) > 0 AND length(subject) > 0", "navngivet"),
    )

    id: Mapped[UuidKey]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    issuer: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))
    oprettet_at: Mapped[datetime]
    oprettet_af: Mapped[UUID | None]
    sidst_brugt_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()


class BrugtLoginsvar(Base):
    """An answer that somebody was signed in by: never believed again. Only its hash, and only while it could be."""

    __tablename__ = "brugt_loginsvar"
    __table_args__ = (CheckConstraint("length(svar_hash) = 64", "svar_hash"),)

    svar_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    identitet_id: Mapped[UUID] = mapped_column(
        ForeignKey("ekstern_identitet.id", ondelete="CASCADE"), index=True
    )
    udloeber_at: Mapped[datetime] = mapped_column(index=True)


class Kommunelogin(Base):
    """How one issuer's answers name an organisation (a tenant, a CVR number), and what they may do there.

    `opretter_personer`: somebody unknown from that organisation is made a person at the first sign-in.
    """

    __tablename__ = "kommunelogin"
    __table_args__ = (
        UniqueConstraint("issuer", "vaerdi"),
        UniqueConstraint("organisation_id", "issuer"),
        CheckConstraint("length(issuer) > 0 AND length(vaerdi) > 0", "navngivet"),
    )

    id: Mapped[UuidKey]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    issuer: Mapped[str] = mapped_column(String(255))
    vaerdi: Mapped[str] = mapped_column(String(255))
    opretter_personer: Mapped[bool] = mapped_column(default=False, server_default=false())


class Loginregel(Base):
    """A role or group in an answer, and the role that it gives in the organisation; never an administrator's."""

    __tablename__ = "loginregel"
    __table_args__ = (
        CheckConstraint(
            "(rolle IN ('medarbejder', 'teamleder') AND team_id IS NOT NULL)"
            " OR (rolle = 'supervisor' AND team_id IS NULL)",
            "omfang",
        ),
        CheckConstraint("length(vaerdi) > 0", "vaerdi"),
        Index(None, "organisation_id", "vaerdi"),
    )

    id: Mapped[UuidKey]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    vaerdi: Mapped[str] = mapped_column(String(255))
    rolle: Mapped[str] = mapped_column(String(20))
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("team.id"))
    oprettet_at: Mapped[datetime]
    team: Mapped[Team | None] = relationship()


class Beskedvalg(Base):
    """A person's own choice of what to be told by e-mail; where there is no row, `rules.beskeder` says."""

    __tablename__ = "beskedvalg"
    __table_args__ = (
        CheckConstraint(
            "slags IN ('kontrakt', 'samtale', 'feedback', 'spoergsmaal', 'svar', 'runde')", "slags"
        ),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    slags: Mapped[str] = mapped_column(String(20), primary_key=True)
    til: Mapped[bool]
    valgt_at: Mapped[datetime]


class Kalenderlink(Base):
    """The secret address of a person's own calendar: one at a time, only its hash is kept."""

    __tablename__ = "kalenderlink"
    __table_args__ = (
        CheckConstraint("length(token_hash) = 64", "token_hash"),
        CheckConstraint("lukket_at IS NULL OR lukket_at >= oprettet_at", "lukket"),
        Index(
            "uq_kalenderlink_et_aabent",
            "person_id",
            unique=True,
            sqlite_where=text("lukket_at IS NULL"),
            postgresql_where=text("lukket_at IS NULL"),
        ),
    )

    id: Mapped[UuidKey]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    oprettet_at: Mapped[datetime]
    lukket_at: Mapped[datetime | None]
