// Comfort on top of pages that work without it: cards beside the quote under the pointer or the keyboard, files dropped
// into the form, the record copied. Text is only ever set as text.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// A card at the quote that is pointed at or focused.
let shown = null;

function hide() {
  if (!shown) return;
  shown.card.remove();
  all(".active").forEach((element) => element.classList.remove("active"));
  shown = null;
}

function show(link) {
  const id = link.dataset.quote;
  if (shown && shown.id === id) return;
  hide();
  const source = document.getElementById(`quote-${id}`);
  if (!source) return;
  const card = source.cloneNode(true);
  card.removeAttribute("id");
  card.removeAttribute("tabindex");
  card.setAttribute("aria-hidden", "true");
  all("[id]", card).forEach((element) => element.removeAttribute("id"));
  all("a, button, input, select, textarea", card).forEach((element) => element.setAttribute("tabindex", "-1"));
  const box = document.createElement("div");
  box.append(...card.childNodes);
  box.className = `${card.className} hover`;
  box.setAttribute("aria-hidden", "true");
  document.body.append(box);
  const at = link.getClientRects()[0];
  const below = at.bottom + 8 + box.offsetHeight < window.innerHeight;
  const top = below ? at.bottom + 8 : Math.max(8, at.top - 8 - box.offsetHeight);
  const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - 8));
  box.style.top = `${top + window.scrollY}px`;
  box.style.left = `${left + window.scrollX}px`;
  all(`[data-quote="${CSS.escape(id)}"]`).forEach((element) => element.classList.add("active"));
  source.classList.add("active");
  shown = { id, card: box, touched: false };
}

const quoteOf = (event) => (event.target instanceof Element ? event.target.closest("a.quote") : null);

document.addEventListener("pointerover", (event) => {
  const link = quoteOf(event);
  if (link) show(link);
  else if (event.pointerType === "mouse") hide();
});
document.addEventListener("focusin", (event) => {
  const link = quoteOf(event);
  if (link) show(link);
  else hide();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
// A tap shows the card where the finger is; only the second one leads to the list.
document.addEventListener("click", (event) => {
  const link = quoteOf(event);
  if (!link) return;
  if (event.pointerType === "touch" && shown && shown.id === link.dataset.quote && !shown.touched) {
    shown.touched = true;
    event.preventDefault();
  } else {
    hide();
  }
});

// The record, copied.
all("[data-copy]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(source.textContent);
      button.textContent = "Copied";
    } catch {
      const range = document.createRange();
      range.selectNodeContents(source);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      button.textContent = "Selected: press Ctrl-C";
    }
    setTimeout(() => (button.textContent = label), 2000);
  });
});

// An article, dropped.
all("[data-drop]").forEach((area) => {
  area.addEventListener("dragover", (event) => {
    event.preventDefault();
    area.classList.add("over");
  });
  area.addEventListener("dragleave", () => area.classList.remove("over"));
  area.addEventListener("drop", async (event) => {
    area.classList.remove("over");
    const file = event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault();
    area.value = await file.text();
  });
});
