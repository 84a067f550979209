// Dragging files and folders onto the form; the form works without it.
const form = document.getElementById("bring");
const area = document.getElementById("drop");
if (form && area) {
  area.hidden = false;
  const said = document.getElementById("chosen");
  const chosen = [];
  const tell = () => { said.textContent = chosen.length ? `${chosen.length} files chosen` : "No file chosen yet"; };
  const add = (file, path) => { if (!path.split("/").some((part) => part.startsWith("."))) chosen.push([file, path]); };
  const walk = async (entry, before) => {
    if (entry.isFile) return new Promise((done) => entry.file((file) => { add(file, before + file.name); done(); }, done));
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((done) => reader.readEntries(done, () => done([])));
      if (!some.length) return undefined;
      for (const one of some) await walk(one, `${before}${entry.name}/`);
    }
  };
  area.addEventListener("dragover", (event) => { event.preventDefault(); area.classList.add("vs-drop--over"); });
  area.addEventListener("dragleave", () => area.classList.remove("vs-drop--over"));
  area.addEventListener("drop", async (event) => {
    event.preventDefault();
    area.classList.remove("vs-drop--over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    for (const entry of entries) await walk(entry, "");
    tell();
  });
  for (const input of form.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => { for (const file of input.files) add(file, file.webkitRelativePath || file.name); input.value = ""; tell(); });
  }
  form.addEventListener("submit", async (event) => {
    if (!chosen.length) return;
    event.preventDefault();
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    for (const [file, path] of chosen) { data.append("files", file, file.name); data.append("path", path); }
    said.textContent = `Sending ${chosen.length} files …`;
    const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
    window.location.assign(answer.url);
  });
}
