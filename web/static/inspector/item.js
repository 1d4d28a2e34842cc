// One item of the checklist: what is asked, what is known, big targets, and what a bad answer must bring with it.
import { BAD, DEMANDS, SEVERITIES, SKIPPED, choicesOf, lacking, mark, say } from "./checklist.js";
import { button, h, moment } from "./dom.js";
import { table } from "./table.js";
import { _ } from "./words.js";

// `known`: {self, findings}; `on`: {answer(given), shrink(file), addPhoto(photo, given), dropPhoto(sha256, given),
// thumbnail(sha256, label)}; what writes tells whether it is kept. A given is
// {value, note, action, not_applicable, photos}.
export function itemCard(item, known, on) {
  let given = blank();
  let shown = "";
  const id = `muc-${item.id}`;

  // Changed at once, then kept: whatever is done while the disk is slow builds on it.
  let writing = 0;
  const put = async (part, write) => {
    given = { ...given, ...part };
    writing += 1;
    const kept = await write(given);
    writing -= 1;
    return kept;
  };
  const change = (part) => put(part, on.answer);
  const without = (sha256) => given.photos.filter((one) => one !== sha256);

  async function add(picture) {
    const photo = await on.shrink(picture); // takes its time; people go on writing
    if (!photo) return;
    const photos = [...without(photo.sha256), photo.sha256];
    const kept = await put({ photos }, (now) => on.addPhoto(photo, now));
    if (!kept) given = { ...given, photos: without(photo.sha256) };
  }

  const value = valueFields(item, id, change);
  const note = textField(`${id}-ghi-chu`, _("Ghi chú"), (text) => change({ note: text }));
  const action = textField(`${id}-bien-phap`, _("Biện pháp khắc phục"), (text) => change({ action: text }));
  const owed = h("p", { class: "kt-owed", hidden: true });
  const refused = h("p", { class: "govuk-error-message", role: "alert", hidden: true });
  const conflict = h("div", {});
  const strip = h("div", { class: "kt-photos" });
  const file = h("input", {
    type: "file",
    accept: "image/*",
    id: `${id}-anh`,
    class: "govuk-visually-hidden",
    onchange: async () => {
      for (const one of [...file.files]) await add(one);
      file.value = "";
    },
  });
  const addNote = button(_("Ghi chú"), () => note.open(), "secondary", { class: "govuk-button govuk-button--secondary kt-add" });
  const addPhoto = h("label", { class: "govuk-button govuk-button--secondary kt-add", for: file.id }, _("Thêm ảnh"));

  const card = h(
    "section",
    { class: "kt-card", id, tabindex: -1, "aria-labelledby": `${id}-hoi` },
    h(
      "p",
      { class: "kt-card__top" },
      h("span", {}, item.id),
      h("span", { class: `kt-severity kt-severity--${item.severity}` }, SEVERITIES[item.severity]),
    ),
    h("h3", { class: "kt-card__ask", id: `${id}-hoi` }, item.text),
    known.self && h("p", { class: "kt-known" }, _("Đơn vị tự kiểm tra: "), h("strong", {}, say(item, known.self))),
    h("p", { class: "kt-differs", hidden: true }, _("Khác với kết quả đơn vị tự kiểm tra.")),
    known.findings.map((finding) => h("p", { class: "kt-known kt-known--finding" }, pastFinding(finding))),
    conflict,
    refused,
    value.element,
    owed,
    note.element,
    action.element,
    strip,
    h("div", { class: "kt-add-row" }, addNote, file, addPhoto),
    h(
      "details",
      { class: "kt-help" },
      h("summary", {}, _("Hướng dẫn, căn cứ")),
      item.guidance && h("p", {}, item.guidance),
      item.clause && h("p", {}, _("Căn cứ: {clause}", { clause: item.clause })),
    ),
  );

  // What is kept on the phone now. Fields somebody is typing in are left alone.
  async function update({ answer, mark: now, contested, error, readOnly }) {
    if (!writing) given = answer ? { ...blank(), ...pick(answer) } : blank();
    card.hidden = now === SKIPPED;
    card.dataset.mark = now;
    const missing = now === BAD ? lacking(item, given) : [];
    const demanded = (name) => now === BAD && item.on_bad.includes(name);
    owed.hidden = !missing.length;
    owed.textContent = missing.length ? _("Cần {what}.", { what: missing.map((name) => DEMANDS[name]).join(", ") }) : "";
    refused.hidden = !error;
    refused.textContent = error ? _("Máy chủ không nhận câu này: {error}", { error }) : "";
    value.show(given);
    note.show(given.note, demanded("note"));
    action.show(given.action, demanded("action"));
    if (demanded("note") || given.note) note.open(false);
    addNote.hidden = readOnly || !note.element.hidden;
    action.element.hidden = now !== BAD && !given.action;
    card.querySelector(".kt-differs").hidden = !(known.self && answer && mark(item, known.self) !== now);
    conflict.replaceChildren(...(contested ? [choice(item, contested, change)] : []));
    for (const field of card.querySelectorAll("input, textarea")) field.disabled = readOnly;
    addPhoto.hidden = readOnly;
    const photos = [...given.photos, readOnly].join();
    if (photos === shown) return;
    shown = photos;
    const pictures = await Promise.all(given.photos.map((sha256, n) => on.thumbnail(sha256, _("Ảnh {n}", { n: n + 1 }))));
    strip.replaceChildren(...pictures.map((picture, n) => photoOf(picture, n, given.photos[n], readOnly)));
  }

  function photoOf(picture, n, sha256, readOnly) {
    const remove = () => put({ photos: without(sha256) }, (now) => on.dropPhoto(sha256, now));
    const label = { class: "dd-plain", "aria-label": _("Bỏ ảnh {n} của câu {item}", { n: n + 1, item: item.id }) };
    return h("div", { class: "kt-photo" }, picture, !readOnly && h("button", { type: "button", ...label, onclick: remove }, _("Bỏ")));
  }

  return { card, update };
}

const blank = () => ({ value: null, note: "", action: "", not_applicable: false, photos: [] });
const pick = ({ value, note, action, not_applicable, photos }) => ({ value, note, action, not_applicable, photos });

function valueFields(item, id, change) {
  const choices = choicesOf(item);
  if (choices.length) return picks(item, id, choices, change);
  const off = item.may_not_apply && tick(`${id}-khong-ap-dung`, _("Không áp dụng"), (on) => change({ not_applicable: on }));
  const field = writtenField(item, id, change);
  return {
    element: h("div", {}, field.element, off && off.element),
    show(given) {
      field.show(given.value);
      if (off) off.box.checked = given.not_applicable;
    },
  };
}

function writtenField(item, id, change) {
  if (item.answer === "table") return table(item, id, (rows) => change({ value: rows, not_applicable: false }));
  if (item.answer === "photo") return { element: h("p", { class: "govuk-hint" }, _("Trả lời bằng ảnh.")), show() {} };
  const range = [item.low && _("từ {low}", { low: item.low }), item.high && _("đến {high}", { high: item.high })].filter(Boolean).join(" ");
  const label = [_("Số đo"), item.unit && `(${item.unit})`, range && _("– yêu cầu {range}", { range })].filter(Boolean).join(" ");
  const field = textField(`${id}-so`, label, (text) => change({ value: text || null, not_applicable: false }), true);
  return { element: field.element, show: (value) => field.show(value ?? "", false) };
}

function picks(item, id, choices, change) {
  const all = item.may_not_apply ? [...choices, [null, _("Không áp dụng")]] : choices;
  const boxes = all.map(([word, label], n) => {
    const box = h("input", {
      type: "radio",
      name: id,
      id: `${id}-${n}`,
      onchange: () => change({ value: word, not_applicable: word === null }),
    });
    return { word, box, element: h("label", { class: "kt-pick", for: box.id }, box, h("span", {}, label)) };
  });
  return {
    element: h("div", { class: "kt-picks", role: "radiogroup", "aria-labelledby": `${id}-hoi` }, boxes.map((b) => b.element)),
    show(given) {
      for (const { word, box } of boxes) {
        box.checked = word === null ? given.not_applicable : !given.not_applicable && given.value === word;
      }
    },
  };
}

function tick(id, label, changed) {
  const box = h("input", { type: "checkbox", id, onchange: () => changed(box.checked) });
  return { box, element: h("label", { class: "kt-pick kt-pick--small", for: id }, box, h("span", {}, label)) };
}

// Kept while typing, a breath after the last letter, and when the field is left.
function textField(id, label, changed, figure = false) {
  let timer = 0;
  let kept = "";
  const keep = () => {
    clearTimeout(timer);
    if (input.value === kept) return;
    kept = input.value;
    changed(input.value);
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 500);
  };
  const shape = figure
    ? h("input", { id, class: "govuk-input kt-figure", inputmode: "decimal", autocomplete: "off", maxlength: 40 })
    : h("textarea", { id, class: "govuk-textarea", rows: 2, maxlength: 10000 });
  const input = shape;
  input.addEventListener("input", later);
  input.addEventListener("change", keep);
  addEventListener("pagehide", keep);
  const tag = h("label", { class: "govuk-label", for: id }, label);
  const element = h("div", { class: "kt-field" }, tag, input);
  element.hidden = !figure;
  return {
    element,
    open(focus = true) {
      element.hidden = false;
      if (focus) input.focus();
    },
    show(text, demanded) {
      tag.textContent = demanded ? _("{label} (bắt buộc)", { label }) : label;
      if (document.activeElement === input) return;
      input.value = kept = text;
    },
  };
}

function pastFinding(finding) {
  const state = finding.open ? _("chưa khắc phục xong") : _("đã khắc phục");
  const what = finding.note || finding.action;
  const day = finding.found_on.split("-").reverse().join("/");
  const known = _("Tồn tại lần trước ({day}, {state})", { day, state });
  return what ? `${known}: ${what}` : known;
}

// Two people answered without knowing of one another: both answers, and a choice, which is an answer itself.
function choice(item, contested, change) {
  return h(
    "div",
    { class: "kt-conflict", role: "group", "aria-label": _("Hai máy trả lời khác nhau câu {item}", { item: item.id }) },
    h("p", {}, h("strong", {}, _("Hai máy trả lời khác nhau. Hãy chọn câu đúng:"))),
    contested.map((told) =>
      h(
        "div",
        { class: "kt-conflict__one" },
        h("p", {}, h("strong", {}, say(item, told)), ` – ${told.by}, ${moment(told.answered_at)}`),
        told.note && h("p", { class: "kt-quiet" }, told.note),
        button(_("Chọn câu này"), () => change({ ...pick(told), photos: everyPhoto(contested) }), "secondary"),
      ),
    ),
  );
}

const everyPhoto = (contested) => [...new Set(contested.flatMap((told) => told.photos))];
