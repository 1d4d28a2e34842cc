// The reading desk: card and passage light each other; one key a step. Without it every link and form still works.

const desk = document.querySelector("[data-review]");
const source = desk.querySelector(".dd-source__text");
const keys = document.getElementById("dung-phim");
const KEYS_OFF = "dondoc-no-keys";

const cards = () => [...desk.querySelectorAll("[data-card]")];
const cardOf = (node) => node.closest?.("[data-card]");
const marksOf = (card) => source.querySelectorAll(`[data-of~="${card.dataset.card}"]`);

// --- light ---------------------------------------------------------------------------------------------------

let lit = [];

function light(nodes) {
  for (const node of lit) node.classList.remove("is-lit");
  lit = [...nodes];
  for (const node of lit) node.classList.add("is-lit");
}

function show(card) {
  const marks = marksOf(card);
  light(marks);
  if (!marks.length || getComputedStyle(source.parentElement).position !== "sticky") return;
  const [top, pane] = [marks[0].getBoundingClientRect().top, source.getBoundingClientRect()];
  if (top < pane.top || top > pane.bottom - 60) source.scrollTop += top - pane.top - pane.height / 3;
}

desk.addEventListener("mouseover", ({ target }) => {
  const card = cardOf(target);
  if (card) light(marksOf(card));
  else if (target.dataset.of) light([...target.dataset.of.split(" ").map(byId).filter(Boolean), target]);
});
desk.addEventListener("focusin", ({ target }) => cardOf(target) && show(cardOf(target)));

const byId = (id) => document.getElementById(`noi-dung-${id}`);

desk.addEventListener("click", ({ target }) => {
  const because = target.closest("[data-from]");
  const words = target.closest("a, button, input, select, label, summary, textarea");
  if (because) lightWords(because);
  else if (!words && cardOf(target)) cardOf(target).focus({ preventScroll: true });
  if (!source.contains(target) || words || !getSelection().isCollapsed) return;
  const card = target.dataset.of && byId(target.dataset.of.split(" ")[0]);
  if (card) go(card);
  else if (target.dataset.doan) htmx.ajax("GET", `/doan/${target.dataset.doan}`, "#doan");
});

function lightWords(because) {
  const [from, to] = [Number(because.dataset.from), Number(because.dataset.to)];
  const pieces = [...source.querySelectorAll("[data-at]")];
  light(pieces.filter((one) => Number(one.dataset.at) < to && Number(one.dataset.at) + [...one.textContent].length > from));
}

// --- keys ----------------------------------------------------------------------------------------------------

const current = () => cardOf(document.activeElement) ?? cards().find((card) => card.matches(":target"));

function go(card) {
  card?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = cards();
  const at = all.indexOf(current());
  go(all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]);
}

const press = (part) => current()?.querySelector(`[data-do="${part}"]`)?.click();

function approve() {
  current()?.querySelector('[data-form="duyet"]')?.requestSubmit();
}

// Where the cursor stands in the source, as an offset into the directive's text; characters, not UTF-16 units.
function cursor() {
  const { anchorNode, anchorOffset } = getSelection();
  const piece = anchorNode?.parentElement?.closest("[data-of]");
  if (!piece || !source.contains(piece) || anchorNode.nodeType !== Node.TEXT_NODE) return null;
  const before = [...anchorNode.data.slice(0, anchorOffset)].length;
  return { at: Number(piece.dataset.at) + before, words: anchorNode.data.slice(anchorOffset), of: piece.dataset.of.split(" ") };
}

let splitAt = null;

function split() {
  splitAt = cursor();
  const card = splitAt && byId(splitAt.of[0]);
  if (card && !card.contains(document.activeElement)) go(card);
  press("tach");
}

function offerCursor(card) {
  const fields = card.querySelector('[data-form="tach"] fieldset');
  if (!fields || !splitAt?.of.includes(card.dataset.card)) return;
  const one = document.createElement("label");
  one.className = "dd-pick__one";
  const radio = Object.assign(document.createElement("input"), { type: "radio", name: "at", value: splitAt.at, checked: true });
  const textContent = `“${splitAt.words.trim().slice(0, 60)}…” ${fields.dataset.atCursor}`;
  const words = Object.assign(document.createElement("span"), { textContent });
  one.append(radio, words);
  fields.querySelector("legend").after(one);
  splitAt = null;
}

const DOES = {
  j: () => step(1),
  k: () => step(-1),
  a: approve,
  b: () => press("bo"),
  e: () => press("sua"),
  m: () => press("gop"),
  s: split,
  "?": () => document.getElementById("phim").toggleAttribute("open"),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") return press("dong");
  if (!keys.checked || event.target.matches("input:not([type=radio]), textarea, select")) return;
  const does = DOES[event.key];
  if (!does) return;
  event.preventDefault();
  does();
});

keys.checked = localStorage.getItem(KEYS_OFF) === null;
keys.addEventListener("change", () =>
  keys.checked ? localStorage.removeItem(KEYS_OFF) : localStorage.setItem(KEYS_OFF, "1"),
);

// Typing one's own words is choosing them.
desk.addEventListener("input", ({ target }) => {
  const own = target.matches("input.govuk-input") && target.parentElement.querySelector('input[type="radio"]');
  if (own) own.checked = true;
});

// --- after htmx ----------------------------------------------------------------------------------------------

// A decided card hands on to the next that waits; one that opened, or came back with a fault, takes the focus.
document.body.addEventListener("htmx:afterSwap", ({ detail }) => {
  const card = document.getElementById(detail.target.id);
  if (!card?.matches("[data-card]")) return;
  offerCursor(card);
  const fault = card.querySelector(".govuk-error-message");
  const form = card.querySelector('[data-form="tach"], [data-form="gop"], [data-form="bo"]');
  const opened = fault?.parentElement ?? form ?? (card.querySelector('[data-do="dong"]') && card.querySelector("[data-form]"));
  const field = opened?.querySelector("input:checked, input:not([type=hidden]), select, button");
  if (field) return field.focus();
  if (card.matches("[data-waits]") || detail.requestConfig.verb === "get") return go(card);
  const all = cards();
  go(all.slice(all.indexOf(card)).find((one) => one.matches("[data-waits]")) ?? card);
});
