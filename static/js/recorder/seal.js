// Sealing: a note that waits on the device is locked with the server's public key, so that nobody who picks the tablet
// up can read it, not even this script after a reload. The server's twin is observationer/formats/forseglet.py. No DOM.

const FORM = /^forseglet\.1\.[0-9a-f]{8}\.[\w-]{87}\.[\w-]{16}\.[\w-]{22,}$/;
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const KEY_WORDS = "kollegial-supervision note 1";

/** Whether this text is sealed: to be sent as it is, never shown. */
export function isSealed(text) {
  return FORM.test(text);
}

export class Sealer {
  #theirs = null;

  /** key: { kid, noegle }, the server's public key in base64url; kontrakt: what the seal is bound to. */
  constructor(key, kontrakt) {
    Object.assign(this, { key, kontrakt });
  }

  /** Whether this browser and this connection can seal at all (plain http cannot). */
  get possible() {
    return Boolean(this.key && globalThis.crypto?.subtle);
  }

  /** The sealed text; two sealings of one text differ. */
  async seal(text) {
    const { subtle } = crypto;
    this.#theirs ??= subtle.importKey("raw", fromBase64(this.key.noegle), CURVE, false, []);
    const mine = await subtle.generateKey(CURVE, false, ["deriveBits"]);
    const raw = new Uint8Array(await subtle.exportKey("raw", mine.publicKey));
    const shared = await subtle.deriveBits({ name: "ECDH", public: await this.#theirs }, mine.privateKey, 256);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const how = { name: "AES-GCM", iv, additionalData: bytes(this.kontrakt.toLowerCase()) };
    const locked = await subtle.encrypt(how, await keyOf(shared, raw), bytes(text));
    return ["forseglet", "1", this.key.kid, ...[raw, iv, new Uint8Array(locked)].map(toBase64)].join(".");
  }
}

async function keyOf(shared, salt) {
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: bytes(KEY_WORDS) };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
}

function bytes(text) {
  return new TextEncoder().encode(text);
}

function toBase64(raw) {
  const text = Array.from(raw, (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}
