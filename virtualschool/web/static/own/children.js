// On a narrow window the list comes first: its filters are shut until they are asked for.
if (window.matchMedia("(max-width: 640px)").matches) {
  for (const one of document.querySelectorAll("[data-shuts-when-narrow]")) one.removeAttribute("open");
}

// What was not chosen need not stand in the address.
for (const form of document.querySelectorAll("form[data-leaves-out-empty]")) {
  form.addEventListener("submit", () => {
    for (const one of form.elements) if (one.name && !one.value) one.disabled = true;
    setTimeout(() => { for (const one of form.elements) one.disabled = false; });
  });
}
