// The screen of one visit: its sections of items, what is still missing, both signatures, the end.
import { BAD, SKIPPED, UNANSWERED, lacking, marks } from "./checklist.js";
import { button, h, moment } from "./dom.js";
import { itemCard } from "./item.js";
import { signatureBox } from "./signature.js";
import { _ } from "./words.js";

const SIDES = { team: _("Đại diện đoàn kiểm tra"), unit: _("Đại diện đơn vị được kiểm tra") };

// `on`: {answer(item, given), shrink(item, file), addPhoto(item, photo, given), dropPhoto(item, sha256, given), thumbnail, sign(side, name, photo), finish(place), reopen}.
export function visitScreen(main, pack, on) {
  const cards = new Map();
  const signing = Object.fromEntries(Object.keys(SIDES).map((side) => [side, h("div", {})]));
  const ending = h("div", {});
  const done = h("strong", {});
  const progress = h("progress", { max: 1, value: 0, "aria-label": _("Đã trả lời") });
  let left = [];
  const next = button(_("Câu tiếp theo"), () => goTo(left[0]), "secondary");

  main.replaceChildren(
    h("p", { class: "kt-back" }, h("a", { class: "govuk-back-link", href: "/kiem-tra" }, _("Các cuộc kiểm tra"))),
    h("span", { class: "govuk-caption-l" }, pack.visit.title),
    h("h1", { class: "govuk-heading-l dd-title" }, pack.visit.unit),
    about(pack),
    ...pack.visit.sections.map((section) => sectionOf(section, pack, cards, on)),
    h("h2", { class: "govuk-heading-m kt-section" }, _("Chữ ký hai bên")),
    ...Object.values(signing),
    h("h2", { class: "govuk-heading-m kt-section" }, _("Kết thúc")),
    ending,
    h("div", { class: "kt-bar" }, progress, h("span", {}, done, _(" câu")), next),
  );
  const draw = onlyWhenChanged();

  return function update(state) {
    const { row, answers, waiting } = state;
    const items = row.pack.checklist.items;
    const found = marks(items, answers);
    const closed = row.pack.visit.state !== "open";
    const finished = Boolean(row.finish || row.pack.visit.finished_at);
    const readOnly = closed || (finished && !row.reopened);
    const refused = new Map(waiting.filter((e) => e.refused).map((e) => [e.body.item, e.refused]));
    const contested = new Map(row.pack.conflicts.map((c) => [c.item, c.answers]));
    for (const item of items) {
      const answer = answers[item.id];
      cards.get(item.id).update({
        answer,
        mark: found[item.id],
        contested: answer ? null : contested.get(item.id),
        error: refused.get(item.id),
        readOnly,
      });
    }
    const asked = items.filter((item) => found[item.id] !== SKIPPED);
    const open = asked.filter((item) => found[item.id] === UNANSWERED);
    const owing = asked.filter((item) => found[item.id] === BAD && lacking(item, answers[item.id]).length);
    left = [...open, ...owing];
    done.textContent = `${asked.length - open.length}/${asked.length}`;
    progress.max = asked.length || 1;
    progress.value = asked.length - open.length;
    next.hidden = !left.length || readOnly;
    const signed = signatures(row);
    for (const side of Object.keys(SIDES)) {
      draw(signing[side], [signed[side], readOnly], () => [signBox(side, signed[side], readOnly, on)]);
    }
    const end = { open, owing, refused: [...refused.keys()], signed, reopened: row.reopened, on };
    draw(ending, [ids(open), ids(owing), end.refused, signed, end.reopened, readOnly, row.finish, waiting.length > 0], () =>
      readOnly ? ended(row, waiting, closed, on) : endingOf(end),
    );
  };
}

function about(pack) {
  const { visit, findings, self_on: selfOn } = pack;
  const open = findings.filter((finding) => finding.open).length;
  return h(
    "details",
    { class: "kt-help" },
    h("summary", {}, _("Về cuộc kiểm tra này")),
    visit.place && h("p", {}, _("Địa điểm: {place}", { place: visit.place })),
    h("p", {}, _("Đoàn: {team}", { team: visit.team.map((member) => `${member.name} (${member.unit})`).join("; ") })),
    h("p", {}, open ? _("Đơn vị còn {n} tồn tại chưa khắc phục xong.", { n: open }) : _("Đơn vị không còn tồn tại nào chưa khắc phục.")),
    h(
      "p",
      {},
      h("a", { class: "govuk-link", href: `/kiem-tra/${visit.id}/in` }, _("In phiếu giấy")),
      " · ",
      h("a", { class: "govuk-link", href: `/kiem-tra/${visit.id}/giay` }, _("Nộp ảnh phiếu giấy")),
    ),
    selfOn && h("p", {}, _("Đơn vị tự kiểm tra lần gần nhất: {day}.", { day: selfOn.split("-").reverse().join("/") })),
  );
}

function sectionOf(section, pack, cards, on) {
  const items = pack.checklist.items.filter((item) => item.section === section.code);
  const who = pack.visit.team.filter((member) => member.sections.includes(section.code)).map((member) => member.name).join(", ");
  const self = new Map(pack.self_answers.map((answer) => [answer.item, answer]));
  for (const item of items) {
    const known = { self: self.get(item.id), findings: pack.findings.filter((f) => f.item === item.id) };
    const card = itemCard(item, known, {
      answer: (given) => on.answer(item.id, given),
      shrink: (file) => on.shrink(item.id, file),
      addPhoto: (photo, given) => on.addPhoto(item.id, photo, given),
      dropPhoto: (sha256, given) => on.dropPhoto(item.id, sha256, given),
      thumbnail: on.thumbnail,
    });
    cards.set(item.id, card);
  }
  return h(
    "section",
    {},
    h("h2", { class: "govuk-heading-m kt-section" }, section.title),
    who && h("p", { class: "kt-quiet" }, _("Phụ trách: {who}", { who })),
    items.map((item) => cards.get(item.id).card),
  );
}

const ids = (items) => items.map((item) => item.id);

// What the server has, and what this phone has not sent yet.
function signatures(row) {
  const all = [...row.pack.signatures, ...row.signed];
  return Object.fromEntries(all.map(({ side, name }) => [side, name]));
}

function signBox(side, signed, readOnly, on) {
  const title = SIDES[side];
  if (readOnly) return h("p", {}, `${title}: ${signed || _("chưa ký")}`);
  return signatureBox({ side, title, signed, onsign: (name, photo) => on.sign(side, name, photo) });
}

function endingOf({ open, owing, refused, signed, reopened, on }) {
  const must = owing.filter((item) => !open.includes(item)).concat(refused.map((id) => ({ id })));
  const place = h("input", { type: "checkbox", id: "vi-tri" });
  const missing = Object.keys(SIDES).filter((side) => !signed[side]);
  return [
    open.length > 0 && h("p", {}, _("Còn {n} câu chưa trả lời: ", { n: open.length }), links(open)),
    must.length > 0 && h("p", { class: "kt-owed" }, _("Cần bổ sung trước khi kết thúc: "), links(must)),
    reopened && h("p", { class: "kt-owed" }, _("Chữ ký đã có không xác nhận phần bổ sung: hãy ký lại.")),
    missing.length > 0 && h("p", {}, _("Chưa ký: {who}.", { who: missing.map((side) => SIDES[side].toLowerCase()).join(", ") })),
    h(
      "label",
      { class: "kt-pick kt-pick--small", for: place.id },
      place,
      h("span", {}, _("Ghi kèm vị trí của máy (không bắt buộc)")),
    ),
    button(_("Kết thúc cuộc kiểm tra"), () => on.finish(place.checked), "", { disabled: must.length > 0 }),
  ];
}

function ended(row, waiting, closed, on) {
  const when = row.finish?.at || row.pack.visit.finished_at;
  return [
    h("p", { class: "kt-good" }, when ? _("Đã kết thúc lúc {time}.", { time: moment(when) }) : _("Cuộc kiểm tra đã kết thúc.")),
    waiting.length > 0 && h("p", {}, _("Kết quả còn giữ trên máy, sẽ tự gửi khi có mạng. Đừng xóa dữ liệu trình duyệt.")),
    closed || button(_("Mở lại để bổ sung"), on.reopen, "secondary"),
  ];
}

function links(items) {
  return items.flatMap((item, n) => [
    n ? ", " : "",
    h("a", { class: "govuk-link", href: `#muc-${item.id}`, onclick: (event) => (event.preventDefault(), goTo(item)) }, item.id),
  ]);
}

function goTo(item) {
  const card = item && document.getElementById(`muc-${item.id}`);
  if (!card) return;
  card.scrollIntoView({ block: "start", behavior: "smooth" });
  card.focus({ preventScroll: true });
}

// A part with fields in it is drawn anew only when what it shows is another thing.
function onlyWhenChanged() {
  const last = new Map();
  return (element, facts, parts) => {
    const key = JSON.stringify(facts);
    if (last.get(element) === key) return;
    last.set(element, key);
    element.replaceChildren(...parts().filter(Boolean));
  };
}
