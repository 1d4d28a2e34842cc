// A small table that grows: one labelled field a cell, because a phone has no room for columns.
import { button, h } from "./dom.js";
import { _ } from "./words.js";

export function table(item, id, changed) {
  let rows = [];
  let shown = null;
  const list = h("div", {});
  const add = button(_("Thêm dòng"), () => redraw([...rows, {}]), "secondary");

  function redraw(next) {
    rows = next;
    shown = JSON.stringify(rows);
    list.replaceChildren(...rows.map(asFields));
  }

  function asFields(row, n) {
    const remove = button(_("Xóa dòng này"), () => {
      redraw(rows.filter((_, other) => other !== n));
      changed(rows);
    }, "secondary");
    const cells = item.columns.map((column) => {
      const cell = `${id}-${n}-${column.code}`;
      const label = column.unit ? `${column.label} (${column.unit})` : column.label;
      const input = h("input", { class: "govuk-input", id: cell, maxlength: 500, autocomplete: "off" });
      input.value = row[column.code] ?? "";
      input.addEventListener("change", () => {
        rows = rows.map((one, other) => (other === n ? { ...one, [column.code]: input.value } : one));
        shown = JSON.stringify(rows);
        changed(rows);
      });
      return h("div", { class: "kt-field" }, h("label", { class: "govuk-label", for: cell }, label), input);
    });
    return h("fieldset", { class: "kt-row" }, h("legend", {}, _("Dòng {n}", { n: n + 1 })), cells, remove);
  }

  return {
    element: h("div", {}, list, add),
    show(value) {
      const next = Array.isArray(value) ? value : [];
      if (JSON.stringify(next) !== shown && !list.contains(document.activeElement)) redraw(next);
    },
  };
}
