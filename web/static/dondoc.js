// Without this file every page reads and every form sends; it adds comfort only.
import { initAll } from "/static/vendor/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// A refusal htmx cannot put in place (somebody else decided first): show the page as it is now. Where somebody is
// typing, what they typed is worth more.
document.body.addEventListener("htmx:responseError", (event) => {
  if (!event.target.closest("[data-typing]")) location.reload();
});

// What htmx put in place gets the focus, so that keyboard and screen reader go on from there.
document.body.addEventListener("htmx:afterSwap", (event) => {
  const card = document.getElementById(event.detail.target.id);
  if (card) card.focus({ preventScroll: true });
});

// What was typed before the scripts came, over a slow line, is answered as if it were typed now.
addEventListener("DOMContentLoaded", () =>
  setTimeout(() => {
    for (const field of document.querySelectorAll("input:not([type=hidden], [type=file]), textarea")) {
      if (field.value !== field.defaultValue) field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }),
);
