"""Static files as a browser gets them from the real server: compressed, kept rightly, and nothing else beside them."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask import Flask, jsonify, request
from installation import settings_for

from supervision import HOUSE, compression, create_app
from supervision.db import db
from supervision.headers import HEADERS
from supervision.static_files import COMMENT, FOLDER, VENDOR, StaticFiles, compress_folder, without_comments

UNPACKED = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
CSS = "/static/css/app.css"
SMALL = "/**\n * What it is for.\n */\nexport const a = 1; // here\n"
OWN_SCRIPTS = [path for path in sorted((HOUSE / "static").rglob("*.js")) if VENDOR not in path.parts]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application as `supervision.wsgi` makes it, on a static folder of its own."""
    house = tmp_path_factory.mktemp("house")
    shutil.copytree(HOUSE / "static", house / "static", ignore=shutil.ignore_patterns("plotly"))
    (house / "secret.txt").write_text("not to be had")
    (house / "static" / "small.js").write_text(SMALL)
    app = create_app(settings_for(house / "instance"))
    app.static_folder = str(house / "static")
    app.wsgi_app = StaticFiles(app)  # type: ignore[method-assign]
    yield app
    with app.app_context():
        db.engine.dispose()


def body_of(name: str) -> bytes:
    return (HOUSE / "static" / name).read_bytes()


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br, zstd", "br"), ("gzip, deflate", "gzip"), ("", None), ("identity", None)],
)
def test_each_browser_gets_the_encoding_it_asks_for(
    served: Flask, accepted: str, encoding: str | None
) -> None:
    answer = served.test_client().get(CSS, headers={"Accept-Encoding": accepted})
    assert answer.status_code == 200
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.content_type == 'text/css; charset="utf-8"'
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert UNPACKED[encoding](answer.data) == body_of("css/app.css")
    assert len(answer.data) < len(body_of("css/app.css")) / 4 or encoding is None


def test_a_font_goes_out_as_it_is(served: Flask) -> None:
    name = "fonts/IBMPlexSans-Bold-Latin1.woff2"
    answer = served.test_client().get(f"/static/{name}", headers={"Accept-Encoding": "br"})
    assert (answer.data, answer.headers.get("Content-Encoding")) == (body_of(name), None)
    assert answer.content_type == "font/woff2"


def test_a_script_goes_out_without_its_comments_and_with_its_line_numbers(served: Flask) -> None:
    answer = served.test_client().get("/static/small.js", headers={"Accept-Encoding": "br"})
    assert brotli.decompress(answer.data) == b"\n\n\nexport const a = 1; // here\n"
    assert served.test_client().get("/static/small.js").data == SMALL.encode(), "as it is when not compressed"


@pytest.mark.parametrize(
    ("source", "sent"),
    [
        ("// a\nb();", "\nb();"),
        ("  /* a */\nb();", "\nb();"),
        ("/* a */ b();\nc(); /* d */\n", "/* a */ b();\nc(); /* d */\n"),
        ("/* a */ b(); /* c */\nd();", "/* a */ b(); /* c */\nd();"),
        ("/**\n * a\n */\nb();\n/* c */", "\n\n\nb();\n"),
        ("const a = b\n  / c / d;", "const a = b\n  / c / d;"),
        ('const a = "/*";\nb("*/");', 'const a = "/*";\nb("*/");'),
    ],
)
def test_only_comments_with_lines_of_their_own_are_left_out(source: str, sent: str) -> None:
    assert without_comments(source) == sent


def test_no_text_of_a_script_is_taken_for_a_comment() -> None:
    """Only a text in backticks can have a line that begins as a comment does."""
    assert OWN_SCRIPTS
    for path in OWN_SCRIPTS:
        source = path.read_text(encoding="utf-8")
        for comment in COMMENT.finditer(source):
            before = without_comments(source[: comment.start()])
            line = before.count("\n") + 1
            assert before.count("`") % 2 == 0, f"{path.name}, line {line}: may stand in a text"


def test_a_named_version_is_kept_for_ever_and_the_rest_is_asked_about(served: Flask) -> None:
    browser = served.test_client()
    assert browser.get(f"{CSS}?v=1").headers["Cache-Control"] == "public, max-age=31536000, immutable"
    first = browser.get(CSS, headers={"Accept-Encoding": "br"})
    assert first.headers["Cache-Control"] == "no-cache"
    again = browser.get(CSS, headers={"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert (again.headers["ETag"], again.headers["Cache-Control"]) == (first.headers["ETag"], "no-cache")
    assert browser.get(CSS, headers={"If-None-Match": 'W/"other"'}).status_code == 200


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        (CSS, {}, 200),
        (f"{CSS}?v=1", {"Accept-Encoding": "br"}, 200),
        (CSS, {"If-None-Match": "same"}, 304),
        (CSS, {"Range": "bytes=0-9"}, 206),
        ("/static/css/nej.css", {}, 404),
    ],
)
def test_every_answer_carries_the_headers_of_every_answer(
    served: Flask, path: str, headers: dict[str, str], status: int
) -> None:
    browser = served.test_client()
    if "If-None-Match" in headers:
        headers = {"If-None-Match": browser.get(path).headers["ETag"]}
    answer = browser.get(path, headers=headers)
    assert answer.status_code == status
    assert {name: answer.headers.getlist(name) for name in HEADERS} == {
        name: [value] for name, value in HEADERS.items()
    }
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert "Strict-Transport-Security" not in answer.headers
    secure = browser.get(path, headers=headers, base_url="https://localhost")
    assert "max-age" in secure.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../secret.txt",
        "/static/css/../../secret.txt",
        "/static/%2e%2e/secret.txt",
        "/static/..%2fsecret.txt",
        "/static/..\\secret.txt",
        "/static//secret.txt",
        "/static/../instance/supervision.db",
        f"/static/../instance/{FOLDER}",
        "/static/css/app.css.br",
        "/static/css",
        "/static/",
        "/static/css/app.css%00",
    ],
)
def test_nothing_beside_the_folder_is_to_be_had(served: Flask, path: str) -> None:
    assert (Path(served.static_folder or "").parent / "secret.txt").exists()
    answer = served.test_client().get(path)
    assert answer.status_code == 404
    assert b"not to be had" not in answer.data


def test_only_reading_is_answered(served: Flask) -> None:
    head = served.test_client().head(CSS, headers={"Accept-Encoding": "br"})
    assert (head.status_code, head.data, head.headers["Content-Encoding"]) == (200, b"", "br")
    assert served.test_client().post(CSS).status_code in (404, 405)


def test_a_file_changed_under_a_running_server_goes_out_as_it_is_now(served: Flask) -> None:
    browser, changed = served.test_client(), Path(served.static_folder or "") / "small.js"
    before = browser.get("/static/small.js").headers["ETag"]
    changed.write_text("export const a = 2; // longer than before\n")
    (changed.parent / "new.js").write_text("export const b = 1;\n")
    answer = browser.get("/static/small.js", headers={"Accept-Encoding": "br", "If-None-Match": before})
    assert (answer.status_code, answer.data) == (200, changed.read_bytes())
    assert answer.headers["Cache-Control"] == "no-cache"
    again = browser.get("/static/small.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, "no-cache")
    assert browser.get("/static/new.js").data == b"export const b = 1;\n"
    changed.unlink()
    assert browser.get("/static/small.js").status_code == 404


def test_only_what_changed_is_compressed_again(tmp_path: Path) -> None:
    static, target = tmp_path / "static", tmp_path / "kept"
    static.mkdir()
    (static / "one.css").write_text("a {}" * 200)
    (static / "two.css").write_text("b {}" * 200)
    compress_folder(static, target)
    os.utime(static / "one.css", (1, 1))
    first = {path.name: path.stat().st_mtime_ns for path in target.iterdir()}
    assert len(first) == 4
    (static / "two.css").write_text("c {}" * 200)
    compress_folder(static, target)
    second = {path.name: path.stat().st_mtime_ns for path in target.iterdir()}
    assert len(second) == 4, "what is no longer used is cleared"
    assert len(first.items() & second.items()) == 2
    assert {path.suffix for path in target.iterdir()} == {".br", ".gz"}


def test_what_another_process_is_writing_is_left_to_it(tmp_path: Path) -> None:
    static, target = tmp_path / "static", tmp_path / "kept"
    static.mkdir()
    target.mkdir()
    (static / "one.css").write_text("a {}" * 200)
    young, old = target / "abc.br.17-1", target / "abc.br.18-1"
    young.write_text("half")
    old.write_text("half")
    os.utime(old, (1, 1))
    compress_folder(static, target)
    assert (young.exists(), old.exists()) == (True, False), "an old one was left by a process that died"


def test_a_newer_version_beside_this_one_takes_nothing_from_it(served: Flask) -> None:
    """Both on one instance while one is renewed at a time: it clears what it does not use itself."""
    browser, sent = served.test_client(), {"Accept-Encoding": "br"}
    before = browser.get(CSS, headers=sent)
    kept = Path(served.instance_path) / FOLDER
    aside = kept.rename(kept.with_name("aside"))
    try:
        answer = browser.get(CSS, headers=sent)
    finally:
        aside.rename(kept)
    assert (before.headers.get("Content-Encoding"), answer.status_code) == ("br", 200)
    assert answer.data == body_of("css/app.css")


def test_a_folder_that_cannot_be_written_to_stops_nothing(tmp_path: Path) -> None:
    static, target = tmp_path / "static", tmp_path / "a file, no folder"
    static.mkdir()
    (static / "one.css").write_text("a {}" * 200)
    target.write_text("")
    [found] = compress_folder(static, target)
    assert found.compressed == {}


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_data_is_compressed_on_its_way(encoding: str) -> None:
    answer = answer_with({"log": ["kryds"] * 500}, encoding)
    assert answer.headers["Content-Encoding"] == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(answer.data) < 300
    assert UNPACKED[encoding](answer.data).count(b"kryds") == 500


def test_small_data_pages_and_answers_to_a_post_are_not() -> None:
    assert "Content-Encoding" not in answer_with({"log": []}, "br").headers
    assert "Content-Encoding" not in answer_with({"log": ["kryds"] * 500}, "").headers
    assert "Content-Encoding" not in answer_with({"log": ["kryds"] * 500}, "br", method="POST").headers
    page = "<p>kryds</p>" * 500
    assert "Content-Encoding" not in answer_with(page, "br").headers
    assert answer_with(page, "br", same=True).headers["Content-Encoding"] == "br"


def answer_with(body: Any, accepted: str, *, method: str = "GET", same: bool = False) -> Any:
    """What a bare application that compresses as ours does answers with."""
    app = Flask("bare", static_folder=None)
    compression.init_app(app)

    @app.route("/", methods=["GET", "POST"])
    def _answer() -> Any:
        if same:
            compression.same_for_everybody()
        assert request.method == method
        return body if isinstance(body, str) else jsonify(body)

    return app.test_client().open("/", method=method, headers={"Accept-Encoding": accepted})
