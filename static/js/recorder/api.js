// Speaking to the server. Every answer is { status, data, wait }; no net, no answer in time or an answer that is not ours
// (a hotel's sign-in page) is status 0. No DOM.

const TIMEOUT_MS = 20_000;

/** Where a person goes from the recorder. A test holds these and those below against the server's own. */
export const ADRESSER = {
  log_ind: "/log-ind?next=/optager/logget-ind",
  optager: (kontrakt) => `/optager/${kontrakt}`,
  kontrakt: (kontrakt) => `/kontrakter/${kontrakt}`,
  aftaler: (kontrakt) => `/kontrakter/${kontrakt}/aftaler`,
  observation: (kontrakt) => `/kontrakter/${kontrakt}/observation`,
  anden_enhed: (kontrakt) => `/kontrakter/${kontrakt}/anden-enhed`,
  til_side: "/observationer/lagt-til-side",
  hent_kryds: "/observationer/hent-kryds",
  genopret: (observation) => `/api/observationer/${observation}/feedback/genopret`,
};

export class Api {
  constructor(kontrakt, root = `/api/kontrakter/${kontrakt}`) {
    Object.assign(this, { kontrakt, root });
  }

  /** What the recorder shows, what only its start page shows, and the log. */
  open() {
    return ask(`${this.root}/optager`);
  }

  /** Send events; startet_at is milliseconds of the wall clock. */
  send(startet_at, haendelser) {
    return ask(`${this.root}/haendelser`, { startet_at: iso(startet_at), haendelser });
  }

  /** What the server has of this samtale. */
  fetchLog() {
    return ask(`${this.root}/haendelser`);
  }

  /** Hand in events of a samtale that takes no more from this person. */
  putAside(startet_at, haendelser) {
    return ask("/api/karantaene", { kontrakt: this.kontrakt, startet_at: iso(startet_at), haendelser });
  }

  /** End the samtale for good. */
  end() {
    return ask(`${this.root}/afslut`, {});
  }

  /** Who is signed in now: { reached, person (an id, or null) }. */
  async who() {
    const { status, data } = await ask("/api/hvem");
    return { reached: status === 200 || status === 401, person: status === 200 ? data.person : null };
  }
}

function iso(ms) {
  return new Date(ms).toISOString();
}

/** { status, data, wait } of one address of ours; with a body it is a POST. */
export async function ask(address, body) {
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
