// Tables that can be sorted by each column and filtered by words. Without this they are complete.
"use strict";

const numberIn = text => {
  const found = text.replace(/,/g, "").replace(/−/g, "-").match(/^[^\d-]*(-?\d+(\.\d+)?)/);
  return found ? Number(found[1]) : null;
};

const compared = (one, other) => {
  const [a, b] = [numberIn(one), numberIn(other)];
  if (a !== null && b !== null && a !== b) return a - b;
  return one.localeCompare(other, "en-GB", { numeric: true });
};

function sortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, at) => {
    if (!head.textContent.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows];
      const words = row => row.cells[at].textContent.trim();
      rows.sort((one, other) => compared(words(one), words(other)) * (down ? -1 : 1));
      table.tBodies[0].append(...rows);
    });
  });
}

function filterable(table, region, number) {
  const rows = [...table.tBodies[0].rows];
  const box = document.createElement("div");
  box.className = "filter";
  const label = document.createElement("label");
  label.htmlFor = `filter-${number}`;
  label.textContent = "Show rows with";
  const input = document.createElement("input");
  input.id = label.htmlFor;
  input.type = "search";
  input.autocomplete = "off";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const show = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every(word => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    said.textContent = `${shown} of ${rows.length} shown`;
  };
  input.addEventListener("input", show);
  box.append(label, input, said);
  region.before(box);
  show();
}

document.querySelectorAll("[data-sortable] table").forEach((table, number) => {
  if (!table.tHead || table.tBodies[0].rows.length < 2) return;
  if (table.querySelector("tbody [rowspan]")) return;
  sortable(table);
  filterable(table, table.closest(".scroll") || table, number);
});
