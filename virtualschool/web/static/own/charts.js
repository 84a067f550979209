// Draws the charts of a page again in the browser, so that a mark says what it is when it is pointed at. Without this, or where it
// fails, the picture that the server drew stays.
const here = document.querySelector("script[data-vega]");
const charts = document.querySelectorAll("[data-chart]");
const QUIET = { ast: true, renderer: "svg", actions: false, logLevel: 1, defaultStyle: false, tooltip: { disableDefaultStyle: true } };

function vega() {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = here.dataset.vega;
    script.addEventListener("load", () => resolve(window.vegaEmbed));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

async function draw(chart, embed) {
  const width = chart.clientWidth < 560 ? "narrow" : "wide";
  const joint = chart.dataset.chart.includes("?") ? "&" : "?";
  const answer = await fetch(`${chart.dataset.chart}${joint}width=${width}`, { credentials: "same-origin" });
  if (!answer.ok) return;
  const picture = chart.querySelector("picture");
  const drawn = document.createElement("div");
  drawn.setAttribute("role", "img");
  drawn.setAttribute("aria-label", picture.querySelector("img").alt);
  drawn.className = "vs-chart__drawn";
  drawn.hidden = true;
  chart.append(drawn);
  try {
    await embed(drawn, await answer.json(), QUIET);
    // The picture is read out as one, by its sentence: its marks are not.
    for (const mark of drawn.querySelectorAll("[role], [aria-label], [aria-roledescription]")) {
      for (const name of ["role", "aria-label", "aria-roledescription"]) mark.removeAttribute(name);
    }
    drawn.querySelector("svg")?.setAttribute("aria-hidden", "true");
    drawn.hidden = false;
    picture.hidden = true;
  } catch (fault) {
    drawn.remove();
  }
}

if (here && charts.length) {
  let loading = null;
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      seen.unobserve(entry.target);
      loading = loading || vega();
      loading.then((embed) => draw(entry.target, embed)).catch(() => {});
    }
  }, { rootMargin: "200px" });
  for (const chart of charts) seen.observe(chart);
}

// On a phone the form stands folded, so that figures come first.
if (window.innerWidth < 900) document.querySelector("details.vs-choose")?.removeAttribute("open");
