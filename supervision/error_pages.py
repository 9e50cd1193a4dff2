"""From a problem to a page (or JSON under /api/): always a clear Danish answer, never a traceback."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import (
    Flask,
    Response,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from supervision.access import ForeignRequest, OnlyTheRecorder, SignInNeeded
from supervision.db import db
from supervision.problems import NotAllowed, NotFound, RuleBroken, Unreadable


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
FOREIGN = Answer(403, "Det kom ikke herfra", "Kaldet skal komme fra produktets egne sider.")


def init_app(app: Flask) -> None:
    """Register the answers."""
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.register_error_handler(NotFound, lambda problem: respond(NOT_FOUND))
    app.register_error_handler(NotAllowed, lambda problem: respond(NOT_FOUND))
    app.register_error_handler(RuleBroken, _rule_broken)
    app.register_error_handler(Unreadable, lambda problem: respond(replace(UNREADABLE, text=problem.text)))
    app.register_error_handler(SignInNeeded, _sign_in)
    app.register_error_handler(OnlyTheRecorder, _only_the_recorder)
    app.register_error_handler(ForeignRequest, lambda problem: respond(FOREIGN))
    app.register_error_handler(CSRFError, lambda problem: respond(STALE))
    app.register_error_handler(OperationalError, _database_trouble)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def respond(answer: Answer) -> Response:
    """The answer as a page, or as `{"fejl": …}` under /api/."""
    if request.path.startswith("/api/"):
        response = jsonify(fejl=answer.text, titel=answer.title)
    else:
        response = make_response(
            render_template(
                "errors/problem.html",
                code=answer.code,
                title=answer.title,
                text=answer.text,
                action_href="/",
                action_label="Gå til forsiden",
            )
        )
    response.status_code = answer.code
    if answer.code == 503:
        response.headers["Retry-After"] = "5"
    return response


def _rule_broken(problem: RuleBroken) -> Response:
    return respond(Answer(422, "Det kan ikke lade sig gøre", problem.text))


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


def _database_trouble(problem: OperationalError) -> Response:
    db.session.rollback()
    current_app.logger.error("database: %s", type(problem.orig).__name__)
    return respond(BUSY)


def _http(problem: HTTPException) -> Response:
    if problem.response is not None and problem.code is None:
        return make_response(problem.response)
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
    current_app.logger.exception("unforeseen at %s", request.endpoint)
    return respond(BROKEN)
