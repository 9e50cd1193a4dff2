// Speaking to the server: every answer is { status, data }. No net, or an answer that is not ours, is status 0. No DOM.

const TIMEOUT_MS = 15_000;

/** body: what is sent as JSON; without it the address is only read. 204 (nothing new) has no data. */
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
    return { status: answer.status, data: answer.status === 204 ? null : await answer.json() };
  } catch {
    return { status: 0, data: null };
  }
}
