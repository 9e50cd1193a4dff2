// The step Kendetegn without page loads: each button posts the form as it stands, and the answer's list takes the place
// of the one shown. One post at a time, in the order of the presses. The chosen can also be moved by arrow keys.

const form = document.querySelector("form[data-palet]");
const status = document.querySelector("[data-autosave-status]");
const NOT_SAVED = "Ikke gemt. Der er ingen forbindelse lige nu. Prøv igen om lidt.";
const clock = new Intl.DateTimeFormat("da-DK", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Copenhagen" });
/** A press that changes nothing in the list: saves the GameMaster and stays. */
const STAY = { value: "bliv", id: "" };
let queue = Promise.resolve();
let waiting = 0;

/** Post the form with one more value. False when the answer is another page than this one. */
async function post(handling) {
  const body = new URLSearchParams(new FormData(form));
  body.set("handling", handling);
  const response = await fetch(form.action, { method: "POST", body });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-swap]");
  if (!fresh || response.status === 409) return false;
  show(page, fresh);
  if (response.ok) status.textContent = `Gemt kl. ${clock.format(new Date()).replace(":", ".")}.`;
  return true;
}

function show(page, fresh) {
  document.querySelector("[data-swap]").replaceWith(fresh);
  form.elements.version.value = page.querySelector("[name=version]").value;
  for (const radio of page.querySelectorAll("[name=gm_variant]")) {
    document.getElementById(radio.id).checked = radio.hasAttribute("checked");
  }
  for (const button of document.querySelectorAll("[data-tegn] button")) {
    const twin = page.getElementById(button.id);
    if (twin) button.replaceWith(twin);
  }
  const flashes = page.querySelector(".flashes");
  if (flashes) form.before(flashes);
}

async function press(button) {
  const [verb, kode] = button.value.split(":");
  const id = button.id;
  try {
    if (!(await post(button.value))) {
      waiting = 0;
      return form.requestSubmit(document.getElementById(id));
    }
  } catch {
    status.textContent = NOT_SAVED;
    return undefined;
  }
  if (verb === "skabelon") {
    document.querySelector(".skabeloner").open = false;
    document.getElementById("valgte").scrollIntoView();
    return document.getElementById("koder").focus();
  }
  const other = { op: `ned-${kode}`, ned: `op-${kode}` }[verb];
  const target = [id, other].map((key) => document.getElementById(key)).find((found) => found && !found.disabled);
  if (id) (target ?? document.querySelector("[data-valgte] button:enabled") ?? form.elements.gm_variant[0]).focus();
  return undefined;
}

function enqueue(button, event) {
  event.preventDefault();
  waiting += 1;
  queue = queue.then(() => press(button)).finally(() => {
    waiting = Math.max(0, waiting - 1);
  });
}

/** "Gem og gå videre" waits for the presses before it, so that it carries the version that they made. */
function submitted(event) {
  if (!waiting) return;
  event.preventDefault();
  const submitter = event.submitter;
  queue.then(() => setTimeout(() => form.requestSubmit(submitter), 0));
}

if (form) {
  form.addEventListener("submit", submitted);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=handling]");
    if (button && !event.defaultPrevented) enqueue(button, event);
  });
  document.addEventListener("change", (event) => {
    if (event.target.name !== "gm_variant") return;
    enqueue(STAY, event);
  });
  document.addEventListener("keydown", (event) => {
    const move = { ArrowUp: "op", ArrowDown: "ned" }[event.key];
    const item = move && event.target.closest?.("[data-kode]");
    const button = item?.querySelector(`[value="${move}:${item.dataset.kode}"]:enabled`);
    if (button) enqueue(button, event);
  });
}
