// One side's signature: drawn with a finger, or, for whoever cannot or will not draw, the name typed and ticked.
import { h, button } from "./dom.js";
import { asPhoto } from "./photos.js";
import { _ } from "./words.js";

const SIZE = { width: 640, height: 240 };

// `signed`: whose name stands there already. `onsign(name, photo)`: photo is the drawn picture, or null when the
// tick stands for it.
export function signatureBox({ side, title, signed, onsign }) {
  const box = h(
    "fieldset",
    { class: "govuk-fieldset kt-sign" },
    h("legend", { class: "govuk-fieldset__legend govuk-fieldset__legend--s" }, title),
  );
  const fields = () => fieldsOf({ side, title, onsign });
  if (!signed) box.append(...fields());
  else {
    const again = button(_("Ký lại"), () => again.replaceWith(...fields()), "secondary");
    box.append(h("p", { class: "kt-good" }, _("Đã ký: {name}", { name: signed })), again);
  }
  return box;
}

function fieldsOf({ side, title, onsign }) {
  const name = h("input", { class: "govuk-input", id: `ten-${side}`, autocomplete: "off", maxlength: 120 });
  const tick = h("input", { class: "govuk-checkboxes__input", type: "checkbox", id: `dong-y-${side}` });
  const pad = h("canvas", { ...SIZE, class: "kt-pad", role: "img", "aria-label": _("Ô ký của {who}", { who: title }) });
  const fault = h("p", { class: "govuk-error-message", role: "alert", hidden: true });
  const drawing = drawOn(pad);

  async function sign() {
    const problem = !name.value.trim()
      ? _("Hãy ghi họ tên người ký.")
      : !drawing.marked() && !tick.checked && _("Hãy ký vào khung, hoặc đánh dấu ô xác nhận.");
    fault.hidden = !problem;
    fault.textContent = problem || "";
    if (problem) return;
    await onsign(name.value.trim(), drawing.marked() ? await asPhoto(pad, "image/png") : null);
  }

  return [
    fault,
    h("label", { class: "govuk-label", for: name.id }, _("Họ và tên")),
    name,
    h("p", { class: "govuk-hint" }, _("Ký bằng ngón tay vào khung:")),
    pad,
    button(_("Xóa nét ký"), drawing.clear, "secondary"),
    h(
      "div",
      { class: "govuk-checkboxes__item" },
      tick,
      h(
        "label",
        { class: "govuk-label govuk-checkboxes__label", for: tick.id },
        _("Không ký tay được: tôi đã đọc và xác nhận bằng họ tên ghi ở trên"),
      ),
    ),
    button(_("Xác nhận chữ ký"), sign),
  ];
}

function drawOn(pad) {
  const pen = pad.getContext("2d");
  let marked = false;
  const at = (event) => {
    const box = pad.getBoundingClientRect();
    return [((event.clientX - box.left) * pad.width) / box.width, ((event.clientY - box.top) * pad.height) / box.height];
  };
  function clear() {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, pad.width, pad.height);
    marked = false;
  }
  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    pen.lineWidth = 4;
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  pad.addEventListener("pointermove", (event) => {
    if (!pad.hasPointerCapture(event.pointerId)) return;
    pen.lineTo(...at(event));
    pen.stroke();
    marked = true;
  });
  clear();
  return { clear, marked: () => marked };
}
