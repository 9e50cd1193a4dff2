// Making a passkey, and signing in by one. Buttons stay away where the browser or the address cannot (http, an IP address).

const told = document.querySelector("[data-passkey-svar]");
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** Our own JSON; throws the server's words when it says no. */
async function send(path, body = {}) {
  const headers = { "Content-Type": "application/json", "X-Supervision": "1" };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  const data = await answer.json();
  if (!answer.ok) throw new Error(data.fejl);
  return data;
}

function described(credential) {
  const { id, rawId, type, response } = credential;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const found = parts.filter((name) => response[name]).map((name) => [name, text(response[name])]);
  return { id, type, rawId: text(rawId), response: Object.fromEntries(found) };
}

async function make() {
  const asked = await send("/api/passkey/valg");
  const known = (asked.excludeCredentials ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  const user = { ...asked.user, id: bytes(asked.user.id) };
  const publicKey = { ...asked, user, challenge: bytes(asked.challenge), excludeCredentials: known };
  const made = await navigator.credentials.create({ publicKey });
  return send("/api/passkey", described(made));
}

async function open() {
  const asked = await send("/api/log-ind/passkey/valg");
  const publicKey = { ...asked, challenge: bytes(asked.challenge), allowCredentials: [] };
  const found = await navigator.credentials.get({ publicKey });
  return send(`/api/log-ind/passkey${location.search}`, described(found));
}

const ACTS = { lav: make, ind: open };

async function act(button) {
  told.textContent = "";
  try {
    location.assign((await ACTS[button.dataset.passkey]()).videre);
  } catch (problem) {
    const mine = problem instanceof DOMException || problem instanceof TypeError;
    told.textContent = mine ? "Det blev afbrudt. Prøv igen." : problem.message;
  }
}

const possible = window.PublicKeyCredential && window.isSecureContext && !/^[\d.]+$|:/.test(location.hostname);
for (const button of document.querySelectorAll("[data-passkey]")) {
  button.hidden = !possible;
  button.addEventListener("click", () => act(button));
}
const missing = document.querySelector("[data-passkey-mangler]");
if (missing) missing.hidden = Boolean(possible);
