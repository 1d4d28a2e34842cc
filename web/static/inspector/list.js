// The first screen: the visits that are this person's and open.
import { SKIPPED, UNANSWERED, marks } from "./checklist.js";
import { h } from "./dom.js";
import { _ } from "./words.js";

// `states`: one `visitState` a visit.
export function listScreen(main, states) {
  const shown = states.filter((state) => state.row.listed || state.waiting.length);
  main.replaceChildren(
    h("h1", { class: "govuk-heading-l dd-title" }, _("Các cuộc kiểm tra")),
    shown.length
      ? h("ul", { class: "dd-list" }, shown.map(line))
      : h("p", { class: "dd-empty" }, _("Hiện không có cuộc kiểm tra nào đã mở cho bạn.")),
  );
}

function line({ row, answers, waiting, photos }) {
  const { visit, checklist } = row.pack;
  const found = Object.values(marks(checklist.items, answers)).filter((mark) => mark !== SKIPPED);
  const done = found.filter((mark) => mark !== UNANSWERED).length;
  const unsent = waiting.length + photos.filter((photo) => !photo.sent).length;
  return h(
    "li",
    { class: "dd-list__item" },
    h("a", { class: "govuk-link dd-list__main", href: `/kiem-tra/${visit.id}` }, visit.unit),
    h("span", { class: "dd-quiet" }, `${visit.title} · ${visit.day.split("-").reverse().join("/")}`),
    h("span", { class: "dd-list__side" }, _("{done}/{all} câu", { done, all: found.length }), unsent > 0 && tag("soon", _("còn dữ liệu chưa gửi"))),
    row.refused && h("span", { class: "dd-fault" }, row.refused),
  );
}

const tag = (kind, text) => h("strong", { class: `govuk-tag dd-tag dd-tag--${kind}` }, text);
