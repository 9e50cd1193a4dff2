// After a crash, a flat battery or a lost net: what the device kept and the server never got is put into the page again.

/** Put back what is missing; true when something was. The record stays until the server has it. */
export async function putBack(kept, points, moments) {
  const forseglet = await kept.get();
  if (!forseglet) return false;
  const answer = await fetch(kept.form.dataset.genopret, {
    method: "POST",
    body: JSON.stringify({ forseglet }),
    headers: { "Content-Type": "application/json", "X-Supervision": "1" },
    redirect: "error",
  });
  const { punkter } = await answer.json();
  if (!answer.ok) throw new Error(String(answer.status));
  for (const punkt of punkter) put(kept.form, points, moments, punkt);
  if (!punkter.length) await kept.drop();
  return punkter.length > 0;
}

function put(form, points, moments, { id, slags, tekst, t_ms }) {
  const there = form.querySelector(`[data-id][value="${CSS.escape(id)}"]`)?.closest("[data-punkt]");
  const point = there ?? points.empty(form.querySelector(`[data-omraade="${CSS.escape(slags)}"]`));
  const field = point.querySelector("[data-tekst]");
  if (!there) point.querySelector("[data-id]").value = id;
  field.value = tekst;
  if (t_ms !== null) moments.put(point, t_ms);
  points.grow(field);
}
