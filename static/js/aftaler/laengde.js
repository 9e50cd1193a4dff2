// When the type of samtale changes, the planned length follows, unless it was written by hand.

const select = document.querySelector("select[name=type]");
const minutes = document.querySelector("input[name=laengde_min]");
const block = document.getElementById("laengde-efter-type");
const lengths = block ? JSON.parse(block.textContent) : {};
let last = select?.value;

select?.addEventListener("change", () => {
  const untouched = Number(minutes.value) === lengths[last];
  last = select.value;
  if (untouched) minutes.value = lengths[last];
});
