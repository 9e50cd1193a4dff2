// After a crash, a flat battery or a lost net: what the device kept and the server never got is put into the page again. What
// somebody has written in the page meanwhile stays.

/** Put back what is missing; true when something was. The records stay until the server has it. Rejects unanswered. */
export async function putBack(kept, points, moments) {
  const answers = [];
  for (const forseglet of await kept.get()) answers.push(await ask(kept.form.dataset.genopret, forseglet));
  const placed = new Map();
  for (const punkt of answers.flat()) put(kept.form, points, moments, punkt, placed);
  kept.settle();
  return answers.flat().length > 0;
}

/** The points of a sealed draft that the server has not got. None, too, where it will not open it. */
async function ask(address, forseglet) {
  const answer = await fetch(address, {
    method: "POST",
    body: JSON.stringify({ forseglet }),
    headers: { "Content-Type": "application/json", "X-Supervision": "1" },
    redirect: "error",
  });
  if ([400, 422].includes(answer.status)) return [];
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).punkter;
}

function put(form, points, moments, { id, slags, tekst, t_ms }, placed) {
  const there = placed.get(id) ?? form.querySelector(`[data-id][value="${CSS.escape(id)}"]`)?.closest("[data-punkt]");
  const now = there?.querySelector("[data-tekst]");
  if (now?.value.includes(tekst)) return;
  const free = there && (placed.has(id) || now.value === now.defaultValue || tekst.includes(now.value.trim()));
  const point = free ? there : points.empty(form.querySelector(`[data-omraade="${CSS.escape(slags)}"]`));
  const field = point.querySelector("[data-tekst]");
  if (!there) point.querySelector("[data-id]").value = id;
  field.value = tekst;
  placed.set(id, point);
  if (t_ms !== null) moments.put(point, t_ms);
  points.grow(field);
}
