// Elements without strings of HTML: what the server or a person wrote is always text, never markup.

import { _ } from "./words.js";

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function button(text, onclick, kind = "", attributes = {}) {
  const classes = `govuk-button ${kind ? `govuk-button--${kind}` : ""}`.trim();
  return h("button", { type: "button", class: classes, onclick, ...attributes }, text);
}

// 09:05 ngày 14/02/2026 by the phone's own zone.
export function moment(text) {
  const at = new Date(text);
  const two = (number) => String(number).padStart(2, "0");
  const day = `${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()}`;
  return _("{time} ngày {day}", { time: `${two(at.getHours())}:${two(at.getMinutes())}`, day });
}
