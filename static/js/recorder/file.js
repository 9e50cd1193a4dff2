// The unsent as a file, for when the device or the server will not do its part: the server's page “Hent kryds fra en fil”
// takes it in, once each however often. Notes are sealed in it.

/** Save what is unsent of one journal as a file; its name has the time and no person. */
export async function saveAsFile(journal) {
  const { startet_at, haendelser } = await journal.unsent();
  const now = new Date();
  const whole = {
    format: "kollegial-supervision-kryds",
    version: 1,
    kontrakt: journal.kontrakt,
    startet_at: new Date(startet_at ?? now).toISOString(),
    gemt_at: now.toISOString(),
    haendelser,
  };
  offer(`kryds-${now.toISOString().slice(0, 16).replace(":", ".")}.json`, JSON.stringify(whole));
}

function offer(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
