"use strict";

// Tables: a click on a heading sorts by it, another click turns the order round. Baselines stay below.
const keyOf = (row, index) => {
  const cell = row.cells[index];
  const number = Number.parseFloat(cell.dataset.key);
  return Number.isNaN(number) ? cell.textContent.trim() : number;
};
const compare = (a, b) => {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "number" || typeof b === "number") return 0; // what is unknown goes last, see below
  return a.localeCompare(b, undefined, { numeric: true });
};
const sortBy = (table, index, ascending) => {
  for (const body of table.tBodies) {
    const rows = [...body.rows].map((row) => [keyOf(row, index), row]);
    const numeric = rows.some(([key]) => typeof key === "number");
    const unknown = (key) => numeric && typeof key !== "number";
    rows.sort(([a], [b]) => unknown(a) - unknown(b) || (ascending ? compare(a, b) : compare(b, a)));
    body.append(...rows.map(([, row]) => row));
  }
};
for (const table of document.querySelectorAll("table.sortable")) {
  [...table.tHead.rows[0].cells].forEach((heading, index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const ascending = heading.ariaSort ? heading.ariaSort !== "ascending" : !heading.classList.contains("n");
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      sortBy(table, index, ascending);
    });
  });
}

// Transcripts: show those that fit the chosen suite, model and outcome.
const filters = document.querySelector(".filters");
const transcripts = [...document.querySelectorAll("#transcripts details")];
const choose = () => {
  const wanted = [...filters.querySelectorAll("select")].filter((select) => select.value);
  for (const one of transcripts) {
    one.hidden = wanted.some((select) => one.dataset[select.dataset.filter] !== select.value);
  }
  filters.querySelector("output").textContent = `${transcripts.filter((one) => !one.hidden).length} shown`;
};
if (transcripts.length) {
  filters.hidden = false;
  filters.addEventListener("change", choose);
  choose();
}

// Theme: the system's, until the button says otherwise.
const root = document.documentElement;
const theme = document.getElementById("theme");
theme.hidden = false;
theme.addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
});
