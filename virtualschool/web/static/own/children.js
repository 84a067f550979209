// On a narrow window the list comes first: its filters are shut until they are asked for.
if (window.matchMedia("(max-width: 640px)").matches) {
  for (const one of document.querySelectorAll("[data-shuts-when-narrow]")) one.removeAttribute("open");
}
