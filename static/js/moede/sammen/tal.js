// The group's one number: the last choice holds, and all see it.

export class Tal {
  constructor(root, { board, outbox, act }) {
    Object.assign(this, { root, board, outbox });
    root.querySelector("[data-tal-form]")?.addEventListener("submit", (event) => {
      event.preventDefault();
      act({ op: "tal", tal: Number(event.submitter.value) });
    });
  }

  show() {
    const waiting = this.outbox.entries.findLast(({ handling }) => handling.op === "tal");
    const tal = waiting?.handling.tal ?? this.board.tal;
    for (const button of this.root.querySelectorAll("[name=tal]")) button.setAttribute("aria-pressed", String(Number(button.value) === tal));
    const words = this.root.querySelector("[data-tal-ord]");
    const wanted = tal ? `Gruppens tal: ${tal}` : "Gruppen har ikke valgt et tal endnu.";
    if (words.textContent !== wanted) words.textContent = wanted;
  }
}
