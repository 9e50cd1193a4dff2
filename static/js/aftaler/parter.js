// When the type of samtale changes, the talking parties follow, unless they were chosen by hand.

const select = document.querySelector("select[name=type]");
const defaults = JSON.parse(document.getElementById("parter-efter-type").textContent);
const boxes = [...document.querySelectorAll("input[name=parter]")];
let last = select.value;

const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);

select.addEventListener("change", () => {
  const untouched = chosen().join() === defaults[last].join();
  last = select.value;
  if (!untouched) return;
  for (const box of boxes) box.checked = defaults[last].includes(box.value);
});
