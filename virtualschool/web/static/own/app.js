// Starts what works without it: every page reads and every form sends without JavaScript.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");

import(document.getElementById("govuk-script").href).then((govuk) => govuk.initAll());
import(document.getElementById("moj-script").href).then((moj) => moj.initAll()).catch(() => {});

// A choice that goes at once, with a button beside it for who has no JavaScript.
for (const form of document.querySelectorAll("form[data-goes-at-once]")) {
  form.addEventListener("change", () => form.requestSubmit());
  for (const button of form.querySelectorAll("button")) button.classList.add("govuk-visually-hidden");
}

for (const button of document.querySelectorAll("button[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
