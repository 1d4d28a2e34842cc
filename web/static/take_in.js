// Reading a long document takes a few seconds: say so, and send it once.
const form = document.querySelector("[data-reads]");
const status = document.getElementById("dang-doc");

form.addEventListener("submit", () => {
  status.hidden = false;
  for (const button of form.querySelectorAll("button")) setTimeout(() => (button.disabled = true));
});

// Back from the page that was read: the form may be sent again.
addEventListener("pageshow", () => {
  status.hidden = true;
  for (const button of form.querySelectorAll("button")) button.disabled = false;
});
