// A long list of colleagues gets a field that narrows it. Without this module the list is whole.

const ENOUGH = 8;

for (const select of document.querySelectorAll("select[data-find-kollega]")) {
  const all = [...select.options];
  const people = all.filter((option) => option.value);
  if (all.length < ENOUGH) continue;
  const label = document.createElement("label");
  const input = document.createElement("input");
  const found = document.createElement("span");
  input.id = `find-${select.id}`;
  input.type = "search";
  input.className = "form-input find-kollega";
  input.autocomplete = "off";
  label.htmlFor = input.id;
  label.className = "sr-only";
  label.textContent = select.dataset.findKollega;
  input.placeholder = label.textContent;
  found.className = "sr-only";
  found.setAttribute("role", "status");
  select.before(label, input, found);

  input.addEventListener("input", () => {
    const words = input.value.toLocaleLowerCase("da").split(/\s+/);
    const chosen = select.value;
    const left = (input.value.trim() ? people : all).filter((option) => words.every((word) => option.text.toLocaleLowerCase("da").includes(word)));
    select.replaceChildren(...left);
    select.value = left.some((option) => option.value === chosen) ? chosen : left[0]?.value;
    found.textContent = left.length === 1 ? `Én kollega: ${left[0].text}` : `${left.length} kolleger`;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
