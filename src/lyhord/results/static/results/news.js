// Asks for newer figures now and then, while the page is looked at. Without it, the link on the page does the same.
const EVERY = 30_000; // milliseconds
const figures = document.getElementById("siffror");
const state = document.getElementById("lage");

function say(words) {
  const clock = new Date().toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" });
  state.textContent = `${words} ${clock}`;
}

// Whoever reads with the keyboard keeps the place: the same link or region is found again by what it leads to.
function placeOf(element) {
  if (!figures.contains(element)) return "";
  if (element.getAttribute("href")) return `a[href="${CSS.escape(element.getAttribute("href"))}"]`;
  const label = element.getAttribute("aria-labelledby");
  return label ? `[aria-labelledby="${CSS.escape(label)}"]` : "";
}

async function ask() {
  if (document.hidden) return true;
  const address = new URL(location.href);
  address.searchParams.set("version", figures.dataset.version);
  const answer = await fetch(address, { redirect: "error" });
  if (answer.status === 204) return true;
  if (!answer.ok) return false;
  const place = placeOf(document.activeElement);
  figures.innerHTML = await answer.text();
  figures.dataset.version = answer.headers.get("X-Version");
  if (place) figures.querySelector(place)?.focus({ preventScroll: true });
  say(state.dataset.new);
  return true;
}

const timer = setInterval(async () => {
  const well = await ask().catch(() => false);
  if (!well) {
    clearInterval(timer);
    say(state.dataset.lost);
  }
}, EVERY);
