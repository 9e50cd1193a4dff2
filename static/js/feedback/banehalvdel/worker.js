// Judges texts beside the page, so that writing never waits: the lexicon takes a moment to build. Nothing leaves the device.

import { bedoemTekst } from "./dom.js";
import { prepare } from "./ord.js";
import { TAVLER } from "./tavler.js";

const { begyndelser, skuffe_aaben } = TAVLER.forklaringer;

prepare();

const withWays = (dom) => ({ ...dom, begyndelser: begyndelser[dom.label] ?? [], skuffe: skuffe_aaben[dom.label] ?? "" });

addEventListener("message", ({ data: { nr, tekst } }) => postMessage({ nr, domme: bedoemTekst(tekst).map(withWays) }));
