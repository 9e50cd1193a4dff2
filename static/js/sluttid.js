// Asks before the sign-in ends, and lets one go on (WCAG 2.2.1). The server knows the time: another tab may have been busy.

const VARSEL_S = 3 * 60;
const LONGEST_MS = 8000;
const dialog = document.getElementById("sluttid");
const words = (which) => dialog.querySelector(`[data-sluttid-text="${which}"]`);
let timer = 0;
let returnTo = null;
let asked = 0;

/** { rest_s, laengst_s }, or null when nobody is signed in, undefined when the net is gone. */
async function ask(method) {
  const sent = method === "POST" ? { "Content-Type": "application/json", "X-Supervision": "1" } : {};
  try {
    const answer = await fetch("/api/indlogning", { method, headers: sent, body: method === "POST" ? "{}" : undefined, signal: AbortSignal.timeout(LONGEST_MS) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return undefined;
  }
}

function wait(seconds) {
  clearTimeout(timer);
  timer = setTimeout(look, Math.max(5, seconds) * 1000);
}

async function look() {
  asked += 1;
  const mine = asked;
  const left = await ask("GET");
  if (mine !== asked) return undefined; // Somebody has asked again, or gone on, since.
  if (!left) return wait(60);
  if (left.rest_s > VARSEL_S) {
    delete dialog.dataset.lukket;
    close();
    return wait(left.rest_s - VARSEL_S);
  }
  show(left);
  return wait(left.rest_s > 30 ? 30 : left.rest_s + 5);
}

/** Going on helps until the twelve hours are over. */
function show({ rest_s, laengst_s }) {
  const last = laengst_s <= VARSEL_S;
  const at = new Date(Date.now() + rest_s * 1000).toLocaleTimeString("da-DK", { hour: "2-digit", minute: "2-digit" });
  for (const mark of dialog.querySelectorAll("[data-sluttid-kl]")) mark.textContent = `kl. ${at.replace(":", ".")}`;
  words("hvile").hidden = last;
  words("laengst").hidden = !last;
  dialog.querySelector("[data-sluttid-bliv]").hidden = last;
  if (dialog.open || dialog.dataset.lukket) return;
  returnTo = document.activeElement;
  dialog.showModal();
}

function close() {
  if (!dialog.open) return;
  dialog.close();
  returnTo?.focus?.();
}

async function stay() {
  asked += 1;
  const left = await ask("POST");
  dialog.querySelector("[data-sluttid-net]").hidden = left !== undefined;
  if (left === undefined) return wait(30); // A page without a net is not loaded anew: what is written on it would be gone.
  if (left === null) return location.reload();
  close();
  return wait(left.rest_s - VARSEL_S);
}

if (dialog) {
  dialog.querySelector("[data-sluttid-bliv]").addEventListener("click", stay);
  dialog.querySelector("[data-sluttid-luk]").addEventListener("click", () => {
    dialog.dataset.lukket = "1";
    close();
  });
  // The twelve hours may be over before the quiet half hour is: look twice as often as it takes.
  wait(Math.min(Number(dialog.dataset.hvile) * 60 - VARSEL_S, VARSEL_S * 4));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
}
