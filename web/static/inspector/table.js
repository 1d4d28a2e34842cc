// A small table that grows: one labelled field a cell, because a phone has no room for columns.
import { button, h } from "./dom.js";
import { _ } from "./words.js";

export function table(item, id, changed) {
  let rows = [];
  let kept = "[]"; // a row with nothing in it yet is on the screen and nowhere else
  const list = h("div", {});
  const add = button(_("Thêm dòng"), () => {
    redraw([...rows, {}]);
    list.lastChild.querySelector("input").focus();
  }, "secondary");

  function redraw(next) {
    rows = next;
    list.replaceChildren(...rows.map(asFields));
  }

  function keep(next) {
    rows = next;
    kept = JSON.stringify(rows);
    changed(rows);
  }

  function asFields(row, n) {
    const remove = button(_("Xóa dòng này"), () => {
      redraw(rows.filter((_, other) => other !== n));
      keep(rows);
    }, "secondary");
    const cells = item.columns.map((column) => {
      const cell = `${id}-${n}-${column.code}`;
      const label = column.unit ? `${column.label} (${column.unit})` : column.label;
      const input = h("input", { class: "govuk-input", id: cell, maxlength: 500, autocomplete: "off" });
      input.value = row[column.code] ?? "";
      input.addEventListener("input", () => {
        keep(rows.map((one, other) => (other === n ? { ...one, [column.code]: input.value } : one)));
      });
      return h("div", { class: "kt-field" }, h("label", { class: "govuk-label", for: cell }, label), input);
    });
    return h("fieldset", { class: "kt-row" }, h("legend", {}, _("Dòng {n}", { n: n + 1 })), cells, remove);
  }

  return {
    element: h("div", {}, list, add),
    show(value) {
      const next = Array.isArray(value) ? value : [];
      const said = JSON.stringify(next);
      if (said === kept || list.contains(document.activeElement)) return;
      kept = said;
      redraw(next);
    },
  };
}
