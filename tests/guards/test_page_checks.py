"""The check of every page that a test fetches finds what is wrong, also on a page that looks like an earlier one."""

from __future__ import annotations

from uuid import uuid4

import pytest
from web import check_page, fingerprint

from supervision.danish import sidetitel

GOOD = """<!doctype html><html lang="da"><head><title>Side – Kollegial supervision</title></head><body>
<h1>Side</h1><form method="post"><input name="csrf_token" type="hidden" value="{token}">
<label for="{first}">Ord</label><input id="{first}" name="ord"><p id="{second}">x</p></form></body></html>"""


def page(token: str = "abc.def", **ids: str) -> str:
    return GOOD.format(token=token, **{"first": str(uuid4()), "second": str(uuid4()), **ids})


def test_two_pages_that_differ_in_ids_and_token_alone_are_one() -> None:
    assert fingerprint(page()) == fingerprint(page(token="ghi.jkl"))
    check_page(page())


def test_the_same_id_twice_is_another_page_and_is_seen() -> None:
    check_page(page())
    same = str(uuid4())
    assert fingerprint(page()) != fingerprint(page(first=same, second=same))
    with pytest.raises(AssertionError, match="ids twice"):
        check_page(page(first=same, second=same))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("<h1>Side</h1>", "<h1>Andet</h1>"),
        ('name="csrf_token"', 'name="other"'),
        ("<p id", '<p style="color:red" id'),
        ("</form>", "</form></div>"),
        ('<label for="', '<label for="x'),
        ("</body>", "<script>1</script></body>"),
    ],
)
def test_what_is_wrong_is_said_each_time(was: str, becomes: str) -> None:
    check_page(page())
    broken = page().replace(was, becomes, 1)
    for _ in range(2):
        with pytest.raises(AssertionError):
            check_page(broken)


def test_a_title_names_nobody() -> None:
    """A browser keeps titles after a sign-out, for the next one at the device to read."""
    marked = ">Feedback fra <span data-navn>Jonas</span></h1>"
    named = page().replace(">Side</h1>", marked)
    check_page(named.replace("<title>Side", "<title>Feedback fra en kollega"))
    with pytest.raises(AssertionError):
        check_page(named.replace("<title>Side", "<title>Feedback fra Jonas"))
    assert sidetitel("\n<span data-navn>Ida</span> &amp; co.") == "En kollega & co."
    assert sidetitel('<span data-navn="en person">Ida</span>') == "En person"
