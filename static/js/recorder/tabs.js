// Several tabs of one recorder tell each other what was tapped and what the server has, so that they show one log. No DOM.

export class Tabs {
  #channel;

  constructor(person, kontrakt) {
    this.#channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(`supervision-${person}-${kontrakt}`) : null;
  }

  /** heard(news): what another tab told. */
  listen(heard) {
    if (this.#channel) this.#channel.onmessage = ({ data }) => heard(data);
  }

  /** Tell the other tabs: { records } or { startet_at }. */
  tell(news) {
    this.#channel?.postMessage(news);
  }
}
