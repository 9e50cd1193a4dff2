"""Roles as OIO Basic Privilege Profile carries them: base64 of XML, a group of privileges for each organisation."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable

from lxml import etree

LARGEST = 256 * 1024
CVR_SCOPE = "urn:dk:gov:saml:cvrNumberIdentifier:"


def read_privileges(values: Iterable[str], organisation: str) -> tuple[str, ...]:
    """The roles of the attribute: those of each list that is one, and every other value as it stands.

    A privilege that is given for another organisation's CVR number than `organisation` is left out.
    """
    found: list[str] = []
    for value in values:
        listed = _privilege_list(value)
        found += [value] if listed is None else _roles(listed, organisation)
    return tuple(dict.fromkeys(found))


def _roles(listed: etree._Element, organisation: str) -> list[str]:
    return [
        (node.text or "").strip()
        for group in listed.iter("{*}PrivilegeGroup")
        if _is_for(group.get("Scope", ""), organisation)
        for node in group.iter("{*}Privilege")
        if (node.text or "").strip()
    ]


def _is_for(scope: str, organisation: str) -> bool:
    if not scope.lower().startswith(CVR_SCOPE.lower()):
        return True
    return bool(organisation) and scope[len(CVR_SCOPE) :] == organisation


def _privilege_list(value: str) -> etree._Element | None:
    """The list, or None when the value is something else."""
    try:
        text = base64.b64decode("".join(value.split()), validate=True)
        if len(text) > LARGEST or b"<!" in text:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(text, parser)
    except (binascii.Error, ValueError, etree.XMLSyntaxError):
        return None
    return root if etree.QName(root).localname == "PrivilegeList" else None
