"""The whole way over another site and back in Chromium, with its own rules for cookies and the content policy on."""

from __future__ import annotations

import re
import zlib
from base64 import b64decode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import IN_CI, Live
from oidc_provider import CLIENT, SECRET, OidcProvider
from playwright.sync_api import Page, expect
from signing_in import installed, known

from supervision.sso_config import OidcSettings, SamlSettings, SsoSettings

pytestmark = [pytest.mark.browser, pytest.mark.wide, pytest.mark.gate("E9")]


def come_in(live: Live, page: Page) -> None:
    live.expects(r"outside address: http://localhost:\d+/")
    page.goto("/log-ind?next=/profil")
    page.get_by_role("link", name="Log ind med din kommunes login").click()
    page.wait_for_url("**/profil")
    expect(page.get_by_role("heading", level=1)).to_have_text("Din profil")
    expect(page.get_by_text("mette@test.example")).to_be_visible()


def test_over_openid_connect(live: Live) -> None:
    provider = OidcProvider("localhost")
    provider.serve()
    sso = SsoSettings(oidc=OidcSettings(provider.issuer, CLIENT, SECRET))
    known(live.app, live.world, provider.issuer, mette="mette-uuid")
    try:
        with installed(live.app, sso, live.base_url):
            come_in(live, live.page_for(None))
    finally:
        provider.close()


def test_signing_out_closes_the_municipalitys_login_too(live: Live) -> None:
    """The device is cleared and signed out here first; then the provider is asked, and the next one is a stranger."""
    provider = OidcProvider("localhost")
    provider.serve()
    provider.metadata = {"end_session_endpoint": f"{provider.issuer}/logout"}
    sso = SsoSettings(oidc=OidcSettings(provider.issuer, CLIENT, SECRET))
    known(live.app, live.world, provider.issuer, mette="mette-uuid")
    here: list[str] = []
    try:
        with installed(live.app, sso, live.base_url):
            page = live.page_for(None)
            come_in(live, page)
            page.on("request", lambda request: here.append(urlsplit(request.url).path))
            page.evaluate("document.querySelector('form[data-sign-out]').requestSubmit()")
            expect(page.get_by_role("heading", level=1)).to_have_text("Du er logget ud begge steder")
            assert [one["client_id"] for one in provider.left] == [CLIENT]
            order = [path for path in here if path.startswith(("/log-ud", "/realm"))]
            assert order == ["/log-ud", "/log-ud/kommunen", "/realm/logout", "/log-ud/kommunen/retur"]
            assert page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))") == []
            page.go_back()
            expect(page.get_by_text("mette@test.example")).to_have_count(0)
            page.goto("/profil")
            expect(page.get_by_role("heading", level=1)).to_have_text("Log ind")
    finally:
        provider.close()


@pytest.fixture
def saml_site(tmp_path: Path) -> Iterator[tuple[SamlSettings, list[str]]]:
    """A provider on another site, whose page posts its answer to us. Gives the settings, and what it was told of us."""
    if not IN_CI:
        pytest.importorskip("xmlsec", reason="xmlsec (the extra [saml]) is not installed")
    import saml_provider as idp

    own_site: list[str] = []
    pair, ours = idp.Pair.made("idp"), idp.Pair.made("sp")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            sent = parse_qs(urlsplit(self.path).query)
            asked = zlib.decompress(b64decode(sent["SAMLRequest"][0]), -15).decode()
            found = re.search(r'\bID="([^"]+)"', asked)
            assert found is not None
            base = own_site[0]
            answer = idp.Answer(found.group(1), f"{base}/log-ind/saml/svar", f"{base}/log-ind/saml/metadata")
            signed = idp.sign(idp.assertion_of(answer), pair)
            whole = idp.packed(idp.response_of(answer, idp.encrypted(signed, ours)))
            page = (
                f'<form method="post" action="{answer.acs}"><input name="SAMLResponse" value="{whole}">'
                f'<input name="RelayState" value="{sent["RelayState"][0]}"></form>'
                "<script>document.forms[0].submit()</script>"
            )
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    login = f"http://localhost:{server.server_port}/login"
    files = {
        "metadata": idp.metadata_of(pair, login).encode(),
        "key": ours.key,
        "certificate": ours.certificate,
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    yield SamlSettings(**{name: tmp_path / name for name in files}), own_site
    server.shutdown()
    server.server_close()


def test_over_saml_although_the_answer_comes_without_our_cookie(
    live: Live, saml_site: tuple[SamlSettings, list[str]]
) -> None:
    import saml_provider as idp

    settings, own_site = saml_site
    own_site.append(live.base_url)
    known(live.app, live.world, idp.ISSUER, mette="mette-uuid")
    with installed(live.app, SsoSettings(saml=settings), live.base_url):
        come_in(live, live.page_for(None))
