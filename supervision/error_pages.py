"""From a problem to a page (or JSON under /api/): always a clear Danish answer, never a traceback."""

from __future__ import annotations

import errno
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from logging import ERROR

from flask import (
    Flask,
    Response,
    current_app,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, PendingRollbackError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from supervision.access import ForeignRequest, OnlyTheRecorder, SignInNeeded
from supervision.db import FULL_DISK, PASSING, db, trouble_of
from supervision.drift.events import log_event
from supervision.drift.metrics import metrics
from supervision.drift.requests import request_id
from supervision.problems import NotAllowed, NotFound, RuleBroken, TooManyTries, Unreadable


@dataclass(frozen=True, slots=True)
class Answer:
    """What a failed request says: a status, a heading and what to do."""

    code: int
    title: str
    text: str


NOT_FOUND = Answer(
    404,
    "Siden findes ikke",
    "Den er måske flyttet, eller også er den ikke din. Gå til forsiden og find vej derfra.",
)
BROKEN = Answer(500, "Noget gik galt hos os", "Det, du havde gemt, er der stadig. Prøv igen om lidt.")
BUSY = Answer(503, "Der er travlt lige nu", "Intet er gået tabt. Vent et øjeblik, og prøv igen.")
FULL = Answer(
    507,
    "Der er ikke plads til mere lige nu",
    "Det, du sendte, er ikke gemt. Det, der var gemt i forvejen, er der stadig. Prøv igen om lidt, og sig det til "
    "dem, "
    "der driver systemet.",
)
NEVER_REPEATED = ("password", "new_password", "adgangskode", "gentag")
"""Fields of passwords: what stood in them is not put on a page."""
FORM = "application/x-www-form-urlencoded"
RETRY_AFTER_S = {503: "5", 507: "60"}
UNREADABLE = Answer(400, "Det kunne vi ikke læse", "Gå tilbage, og prøv igen.")
BY_STATUS = {
    400: UNREADABLE,
    404: NOT_FOUND,
    405: NOT_FOUND,
    413: Answer(413, "Det er for stort", "Der kan højst sendes 1 MB ad gangen. Del det op, og prøv igen."),
    415: Answer(415, "Det kunne vi ikke læse", "Indholdet skal sendes som JSON."),
    429: Answer(429, "For mange forsøg", "Vent et par minutter, og prøv igen."),
}
SIGN_IN = Answer(
    401, "Du er logget ud", "Log ind igen. Det, du har skrevet eller krydset, ligger der stadig."
)
STALE = Answer(
    400, "Siden var for gammel", "Gå tilbage, genindlæs siden, og prøv igen. Din tekst kan du kopiere først."
)
ONLY_RECORDER = Answer(
    401, "Denne enhed er kun åben til optageren", "Log ind på enheden for at bruge resten."
)
FOREIGN = Answer(
    403, "Det kom ikke herfra", "Det skal sendes fra en af siderne her. Gå til forsiden, og begynd derfra."
)


def init_app(app: Flask) -> None:
    """Register the answers."""
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.register_error_handler(NotFound, lambda problem: respond(NOT_FOUND))
    app.register_error_handler(NotAllowed, lambda problem: respond(NOT_FOUND))
    app.register_error_handler(RuleBroken, _rule_broken)
    app.register_error_handler(TooManyTries, _too_many_tries)
    app.register_error_handler(Unreadable, lambda problem: respond(replace(UNREADABLE, text=problem.text)))
    app.register_error_handler(SignInNeeded, _sign_in)
    app.register_error_handler(OnlyTheRecorder, _only_the_recorder)
    app.register_error_handler(ForeignRequest, lambda problem: respond(FOREIGN))
    app.register_error_handler(CSRFError, lambda problem: respond(STALE))
    app.register_error_handler(DBAPIError, _database_trouble)
    app.register_error_handler(PoolTimeout, _database_trouble)
    app.register_error_handler(PendingRollbackError, _database_trouble)
    app.register_error_handler(OSError, _disk_trouble)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def respond(answer: Answer) -> Response:
    """The answer as a page, or as `{"fejl": …}` under /api/."""
    told = request_id() if answer.code not in (401, 404) else None
    if request.path.startswith("/api/"):
        response = jsonify(fejl=answer.text, titel=answer.title, **({"kald": told} if told else {}))
    else:
        response = make_response(
            render_template(
                "errors/problem.html",
                code=answer.code,
                title=answer.title,
                text=answer.text,
                action_href="/",
                action_label="Gå til forsiden",
                kald=told,
            )
        )
    response.status_code = answer.code
    if answer.code in RETRY_AFTER_S:
        response.headers["Retry-After"] = RETRY_AFTER_S[answer.code]
    return response


def _rule_broken(problem: RuleBroken) -> Response:
    return respond(Answer(422, "Det kan ikke lade sig gøre", problem.text))


def _too_many_tries(problem: TooManyTries) -> Response:
    response = respond(Answer(429, BY_STATUS[429].title, problem.text))
    if problem.wait_s is not None:
        response.headers["Retry-After"] = str(problem.wait_s)
    return response


def _sign_in(problem: SignInNeeded) -> Response:
    if request.path.startswith("/api/"):
        return respond(SIGN_IN)
    if request.method != "POST" or not request.form:
        return make_response(redirect(url_for("security.login")))
    return _keep_what_was_typed()


def _only_the_recorder(problem: OnlyTheRecorder) -> Response:
    if request.path.startswith("/api/"):
        return respond(ONLY_RECORDER)
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    page = render_template(
        "errors/enhed_lukket.html", title=ONLY_RECORDER.title, kontrakt_id=problem.kontrakt_id, next=target
    )
    return make_response(page, 403)


def _keep_what_was_typed() -> Response:
    """The sign-in ran out while somebody wrote: the page holds what was sent, to be sent again after signing in."""
    typed = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    words = [value for name, value in typed if len(value) > 20]
    page = render_template(
        "errors/sign_in_again.html", action=request.full_path.rstrip("?"), typed=typed, words=words
    )
    return make_response(page, 401)


def _database_trouble(problem: SQLAlchemyError) -> Response:
    """Full, or cannot answer for the moment: said so, with when to try again. Anything else of the database is our
    bug."""
    trouble = trouble_of(problem)
    if trouble not in (FULL_DISK, PASSING):
        return _unforeseen(problem)
    with suppress(SQLAlchemyError):
        db.session.rollback()
    log_event("databasefejl", level=ERROR, kald=request_id(), fejl=problem)
    return _refused_for_now(FULL if trouble == FULL_DISK else BUSY)


def _refused_for_now(answer: Answer) -> Response:
    """The answer, drawn without asking the database anything; a form's words are kept on the page, to be sent again."""
    g._login_user = current_app.extensions["sign_in"].login_manager.anonymous_user()
    typed = list(request.form.items(multi=True)) if request.mimetype == FORM else []
    secret = any(name.startswith(NEVER_REPEATED) for name, _ in typed)
    if request.method != "POST" or request.path.startswith("/api/") or not typed or secret or request.files:
        return respond(answer)
    words = [value for name, value in typed if len(value) > 20 and name != "csrf_token"]
    kept = {"action": request.full_path.rstrip("?"), "typed": typed, "words": words}
    page = render_template("errors/try_again.html", **asdict(answer), **kept)
    return make_response(page, answer.code, {"Retry-After": RETRY_AFTER_S[answer.code]})


def _disk_trouble(problem: OSError) -> Response:
    if problem.errno not in (errno.ENOSPC, errno.EDQUOT):
        return _unforeseen(problem)
    log_event("diskfejl", level=ERROR, kald=request_id(), fejl=problem)
    return _refused_for_now(FULL)


def log_failed(problem: SQLAlchemyError) -> Response:
    """The answer in place of a page whose reading could not be written in the access log."""
    metrics().unlogged.inc()
    log_event("adgang_ikke_logget", level=ERROR, kald=request_id(), fejl=problem)
    return respond(BUSY)


def _http(problem: HTTPException) -> Response:
    if problem.response is not None and problem.code is None:
        return make_response(problem.response)
    behind = getattr(problem, "original_exception", None)
    if isinstance(
        behind, SQLAlchemyError
    ):  # while the answer was finished: the session's own storing, for one
        return _database_trouble(behind)
    code = problem.code or 500
    if 300 <= code < 400:
        return make_response(problem.get_response())
    return respond(BY_STATUS.get(code, BROKEN if code >= 500 else Answer(code, *_plain(BY_STATUS[400]))))


def _plain(answer: Answer) -> tuple[str, str]:
    return answer.title, answer.text


def _unforeseen(problem: Exception) -> Response:
    db.session.rollback()
    if current_app.config["TESTING"]:
        raise problem
    log_event("uventet_fejl", level=ERROR, kald=request_id(), fejl=problem)
    return respond(BROKEN)
