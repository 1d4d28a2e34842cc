// How far files have come on their way up, and nothing typed or chosen lost when the line drops or a figure is wrong.
// Without this file the form sends itself.
import { initAll } from "/static/vendor/govuk-frontend.min.js";

document.addEventListener("submit", (event) => {
  const form = event.target;
  const box = form.querySelector("[data-sending]");
  const chosen = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
  const plain = event.submitter && event.submitter.hasAttribute("formaction");
  if (event.defaultPrevented || !box || plain || !chosen.length) return;
  event.preventDefault();
  const large = chosen.find((file) => file.size > Number(box.dataset.most));
  if (large) tell(form, `“${large.name}” ${box.dataset.large}`);
  else send(form, box);
});

function send(form, box) {
  const request = new XMLHttpRequest();
  const buttons = form.querySelectorAll("button");
  const over = (fault) => {
    box.hidden = true;
    for (const button of buttons) button.disabled = false;
    tell(form, fault);
  };
  request.upload.onprogress = ({ loaded, total }) => {
    box.querySelector("progress").value = (100 * loaded) / total;
  };
  request.onerror = () => over(box.dataset.lost);
  request.onload = () => {
    if (new URL(request.responseURL).pathname !== new URL(form.action).pathname) {
      location.assign(request.responseURL);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    if (page.querySelector("[data-sending]")) show(form, page);
    else over(page.querySelector("main p")?.textContent ?? box.dataset.lost);
  };
  tell(form, "");
  box.hidden = false;
  const body = new FormData(form);
  for (const button of buttons) button.disabled = true;
  request.open("POST", form.action);
  request.send(body);
}

function tell(form, fault) {
  form.querySelector("[data-sending-fault]").textContent = fault;
}

// The page with its faults, and the files that were chosen still in it.
function show(form, page) {
  for (const input of form.querySelectorAll("input[type=file]")) page.getElementById(input.id).files = input.files;
  const main = document.adoptNode(page.querySelector("main"));
  document.querySelector("main").replaceWith(main);
  initAll({ scope: main });
  window.htmx?.process(main);
  main.querySelector(".govuk-error-summary")?.focus();
}
