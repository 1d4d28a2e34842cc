// What the phone shows of an answer's worth while there is no server to ask; domain/checklist_answer.py decides. A test
// holds the two together.

import { _ } from "./words.js";

export const GOOD = "good";
export const BAD = "bad";
export const NOT_APPLICABLE = "not_applicable";
export const UNANSWERED = "unanswered";
export const SKIPPED = "skipped";

export const DEMANDS = { note: _("ghi rõ tình trạng"), photo: _("chụp ảnh"), action: _("nêu biện pháp khắc phục") };
export const SEVERITIES = { critical: _("nghiêm trọng"), major: _("đáng kể"), minor: _("nhẹ") };

const DOCUMENT = [
  ["valid", _("Có, hợp lệ")],
  ["invalid", _("Có, không hợp lệ")],
  ["missing", _("Không có")],
];
const YES_NO = [
  ["yes", _("Có")],
  ["no", _("Không")],
];

// [word, label] of each answer that may be chosen; none where it is written.
export function choicesOf(item) {
  if (item.answer === "yes_no") return YES_NO;
  if (item.answer === "document") return DOCUMENT;
  if (item.answer === "choice") return item.choices.map((choice) => [choice.code, choice.label]);
  return [];
}

// The mark of every item by id; an item whose condition is not met is skipped, and what hangs on it too.
export function marks(items, answers) {
  const found = {};
  for (const item of items) {
    const { when } = item;
    const asked = !when || (found[when.item] !== SKIPPED && answers[when.item]?.value === when.answer);
    found[item.id] = asked ? mark(item, answers[item.id]) : SKIPPED;
  }
  return found;
}

export function mark(item, given) {
  if (!given) return UNANSWERED;
  if (given.not_applicable) return NOT_APPLICABLE;
  if (item.answer === "photo") return given.photos?.length ? GOOD : UNANSWERED;
  if (isEmpty(given.value)) return UNANSWERED;
  return isGood(item, given.value) ? GOOD : BAD;
}

// What a bad answer was to bring with it and did not.
export function lacking(item, given) {
  if (mark(item, given) !== BAD) return [];
  const has = { note: given.note?.trim(), photo: given.photos?.length, action: given.action?.trim() };
  return item.on_bad.filter((demand) => !has[demand]);
}

// "4,5" and "4.5" are the same figure; NaN for what is none.
export function number(text) {
  const plain = String(text ?? "").trim().replaceAll(",", ".");
  if (!/^-?\d{1,30}([./]\d{1,30})?$/.test(plain)) return NaN;
  const [above, below = "1"] = plain.split("/");
  return Number(below) === 0 ? NaN : Number(above) / Number(below);
}

export function say(item, given) {
  if (!given) return "";
  if (given.not_applicable) return _("Không áp dụng");
  if (Array.isArray(given.value)) return _("{n} dòng", { n: given.value.length });
  const chosen = choicesOf(item).find(([word]) => word === given.value);
  return chosen ? chosen[1] : `${given.value ?? ""} ${item.unit}`.trim();
}

function isGood(item, value) {
  switch (item.answer) {
    case "number":
      return within(value, item);
    case "choice":
      return item.choices.some((choice) => choice.good && choice.code === value);
    case "table":
      return value.every((row) => item.columns.filter(isNumeric).every((c) => within(row[c.code], c)));
    default:
      return value === "yes" || value === "valid";
  }
}

function within(text, { low, high }) {
  const found = number(text);
  if (Number.isNaN(found)) return false;
  return (low === null || found >= Number(low)) && (high === null || found <= Number(high));
}

const isNumeric = (column) => column.low !== null || column.high !== null;
const isEmpty = (value) => value === null || value === undefined || value === "" || value.length === 0;
