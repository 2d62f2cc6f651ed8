// Tables that sort: a click on a heading, or Enter on it. Plain text is compared as text, numbers as numbers.
for (const table of document.querySelectorAll("table.sorts")) {
  const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach(h => h.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = row => row.cells[column].dataset.key ?? row.cells[column].textContent.trim();
      const number = text => /^-?[\d,]+(\.\d+)?%?$/.test(text) ? parseFloat(text.replaceAll(",", "")) : NaN;
      const order = (a, b) => {
        const x = key(a), y = key(b), m = number(x), n = number(y);
        if (!x || !y) return x ? -1 : y ? 1 : 0; // blanks stay at the end
        return (Number.isNaN(m) || Number.isNaN(n) ? x.localeCompare(y, "en") : m - n) * (down ? -1 : 1);
      };
      body.append(...[...body.rows].sort(order));
    });
  });
}
