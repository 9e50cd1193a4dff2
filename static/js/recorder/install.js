// The service worker that opens the recorder without a net. Where there is none (plain http), nothing happens.

/** Let the browser keep the recorder's own files. Never rejects. */
export async function keepOpenWithoutNet() {
  try {
    await navigator.serviceWorker?.register("/service-worker.js");
  } catch {
    // Blocked by the browser's settings: the recorder then needs a net to be opened, and nothing else changes.
  }
}
