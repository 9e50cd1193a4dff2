// Speaking to the server. Every answer is { status, data }; no net, no answer in time or an answer that is not ours
// (a hotel's sign-in page) is status 0. No DOM.

const TIMEOUT_MS = 20_000;

export class Api {
  constructor(addresses) {
    this.addresses = addresses;
  }

  /** Send events; startet_at is milliseconds of the wall clock. */
  send(startet_at, haendelser) {
    return ask(this.addresses.haendelser, { startet_at: new Date(startet_at).toISOString(), haendelser });
  }

  /** What the server has of this samtale. */
  fetchLog() {
    return ask(this.addresses.haendelser);
  }

  /** End the samtale for good. */
  end() {
    return ask(this.addresses.afslut, {});
  }

  /** Who is signed in now: a person's id, or null. */
  async who() {
    const { status, data } = await ask(this.addresses.hvem);
    return status === 200 ? data.person : null;
  }
}

async function ask(address, body) {
  const sending = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  try {
    const answer = await fetch(address, {
      ...sending,
      headers: { "Content-Type": "application/json", "X-Supervision": "1" },
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: answer.status, data: await answer.json(), wait: Number(answer.headers.get("Retry-After")) || 0 };
  } catch {
    return { status: 0, data: {}, wait: 0 };
  }
}
