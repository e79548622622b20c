(() => {
  "use strict";
  const form = document.getElementById("filter");
  const items = [...document.querySelectorAll("[data-severity]")];
  const shown = document.getElementById("shown");
  const text = new Map();
  const read = (node) => {
    if (!text.has(node)) text.set(node, node.textContent.toLowerCase());
    return text.get(node);
  };
  const apply = () => {
    const on = new Set([...form.querySelectorAll("input:checked")].map((box) => box.value));
    const query = form.elements.namedItem("query").value.trim().toLowerCase();
    let count = 0;
    for (const rule of items) {
      const head = read(rule.querySelector("header")) + read(rule.querySelector("dl"));
      const whole = !query || head.includes(query);
      let any = whole;
      for (const breach of rule.querySelectorAll(".breach")) {
        const match = whole || read(breach).includes(query);
        breach.hidden = !match;
        any = any || match;
      }
      rule.hidden = !(any && on.has(rule.dataset.severity));
      if (!rule.hidden) count += 1;
    }
    for (const group of document.querySelectorAll(".severity")) {
      group.hidden = !group.querySelector("[data-severity]:not([hidden])");
    }
    shown.textContent = `${count} / ${items.length}`;
  };
  if (!form) return;
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
