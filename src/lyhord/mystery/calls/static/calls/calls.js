// The interviewer's pages: the timer, questions shown and hidden at once, and saving as it is typed.
"use strict";

(() => {
  const STORE = "lyhord-samtal";
  const PAUSE_MS = 700;
  const TWICE_MS = 400; // a finger that bounces: the next button lies where the first one lay
  const ORDER = ["dialled", "answered", "officer", "ended"];
  const page = document.getElementById("samtal");
  const grading = document.querySelector("form.grading");
  const timer = document.getElementById("klocka");
  const line = Journal.line;
  document.documentElement.classList.add("scripted");

  // ── Questions shown and hidden at once ──────────────────────────────────
  const answerTo = (item) => {
    const field = grading.querySelector(`[data-item="${item}"]`);
    if (!field || field.hidden) return "";
    const chosen = field.querySelector("input:checked");
    return chosen ? chosen.value : "";
  };
  const told = (condition) => {
    const [item, codes] = condition.split("=");
    return [answerTo(item), codes.split(" ")];
  };
  const route = () => {
    for (const field of grading.querySelectorAll(".item")) {
      let shown = true;
      if (field.dataset.when) {
        const [answer, codes] = told(field.dataset.when);
        shown = codes.includes(answer);
      }
      if (field.dataset.unless) {
        const [answer, codes] = told(field.dataset.unless);
        shown = shown && answer !== "" && !codes.includes(answer);
      }
      field.hidden = !shown;
    }
    for (const part of grading.querySelectorAll(".part")) {
      part.hidden = !part.querySelector(".item:not([hidden])");
    }
  };

  // ── Pages that open without a line ──────────────────────────────────────
  const keepPages = async () => {
    if (!("serviceWorker" in navigator) || !("caches" in window)) return;
    const before = localStorage.getItem(`${STORE}-person`);
    if (before !== Journal.user) await caches.delete(STORE);
    localStorage.setItem(`${STORE}-person`, Journal.user);
    const [worker, scope] = [line.dataset.worker, line.dataset.scope].map((one) => one.split("?")[0]); // in any language
    await navigator.serviceWorker.register(worker, { scope });
    const store = await caches.open(STORE);
    const wanted = [location.pathname, line.dataset.scope];
    document.querySelectorAll('link[rel="stylesheet"], link[rel="icon"]').forEach((link) => wanted.push(link.href));
    document.querySelectorAll("script[src]").forEach((script) => wanted.push(script.src));
    document.querySelectorAll("a[data-call]").forEach((link) => wanted.push(link.href));
    for (const address of new Set(wanted)) {
      const answer = await fetch(address, { redirect: "manual" });
      if (answer.ok) await store.put(address, answer);
    }
    line.dataset.stored = "1";
  };

  if (line) {
    Journal.tell("sending");
    Journal.send();
    keepPages().catch((error) => { if (!(error instanceof TypeError)) throw error; });
    document.querySelectorAll("form.leave").forEach((form) => form.addEventListener("submit", () => caches.delete(STORE)));
    // What this telephone knows to be done is no longer among the calls to make, whatever an older page says.
    const finished = new Set(Journal.all().filter((entry) => entry.kind === "finished" && !(entry.problems || []).length)
      .map((entry) => `/samtal/${entry.probe}`));
    document.querySelectorAll("ul.calls:not(details ul) a[data-call]").forEach((link) => {
      if (finished.has(new URL(link.href).pathname)) link.closest("li").remove();
    });
  }
  if (!grading) return;
  route();
  grading.addEventListener("change", route);
  if (!timer || !line) return;

  // ── The timer ───────────────────────────────────────────────────────────
  const probe = Number(page.dataset.probe);
  const seen = JSON.parse(document.getElementById("sett").textContent);
  const fromServer = JSON.parse(document.getElementById("tryck").textContent);
  const mine = () => Journal.of(probe);
  Journal.forget(probe, seen);

  const standing = () => {
    const known = new Set(fromServer.map((press) => `${press.device}:${press.sequence}`));
    const own = mine().filter((entry) => (ORDER.includes(entry.kind) || entry.kind === "undone")
      && !entry.refused && !known.has(`${entry.device}:${entry.sequence}`))
      .map((entry) => ({ step: entry.kind, device: entry.device, clock: entry.clock }));
    const kept = [];
    for (const press of [...fromServer, ...own]) {
      const last = kept.length ? ORDER.indexOf(kept[kept.length - 1].step) : -1;
      if (press.step === "undone") kept.pop();
      else if (last < 0 ? press.step === "dialled" : ORDER.indexOf(press.step) > last) kept.push(press);
    }
    return kept;
  };
  const momentOf = (press) => (press && press.device ? press.clock : null);
  const between = (first, last) => {
    if (!first || !last || first.device !== last.device || momentOf(first) === null) return null;
    const seconds = (momentOf(last) - momentOf(first)) / 1000;
    return seconds >= 0 && seconds <= 86400 ? seconds : null;
  };
  const clockText = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  const serverSeconds = document.querySelector("[data-seconds]").textContent.replace(" s", "");

  const contact = () => {
    const presses = Object.fromEntries(standing().map((press) => [press.step, press]));
    const found = between(presses.dialled, presses.officer);
    if (found !== null) return found;
    const byServer = presses.dialled && presses.officer && !presses.dialled.device && !presses.officer.device;
    return byServer && serverSeconds !== "–" ? Number(serverSeconds) : null;
  };

  const showTime = () => {
    const presses = standing();
    const stop = presses.find((press) => press.step === "officer") || presses.find((press) => press.step === "ended");
    const begun = presses[0];
    const output = document.getElementById("tid");
    if (!begun) { output.textContent = "0:00"; return; }
    const now = stop || { device: begun.device, clock: Journal.clock() };
    const seconds = between(begun, now);
    if (seconds !== null) output.textContent = clockText(seconds);
  };
  const showSteps = () => {
    const presses = standing();
    const last = presses.length ? ORDER.indexOf(presses[presses.length - 1].step) : -1;
    for (const button of timer.querySelectorAll("button[name=press]")) {
      const place = ORDER.indexOf(button.value);
      if (button.value === "undone") button.hidden = last < 0;
      else button.hidden = last < 0 ? place !== 0 : place <= last;
    }
    const seconds = contact();
    document.querySelectorAll("[data-seconds]").forEach((output) => {
      output.textContent = seconds === null ? "–" : `${seconds.toFixed(1).replace(".", ",")} s`;
    });
    showTime();
  };
  const press = (step) => {
    Journal.add(probe, step);
    showSteps();
    if (step === "officer") choose("kontakt");
  };
  // Whoever spoke with an officer had contact; it may be changed.
  const choose = (code) => {
    const first = grading.querySelector('.item[data-required] input[type="radio"]');
    if (!first || grading.querySelector(`[name="${first.name}"]:checked`)) return;
    const option = grading.querySelector(`[name="${first.name}"][value="${code}"]`);
    if (option) { option.checked = true; route(); saveSoon(); }
  };
  let pressedAt = -TWICE_MS;
  timer.addEventListener("submit", (event) => {
    event.preventDefault();
    if (performance.now() - pressedAt < TWICE_MS) return;
    pressedAt = performance.now();
    const focused = document.activeElement;
    press(event.submitter.value);
    if (focused && focused.hidden) {
      const next = timer.querySelector("button:not([hidden])");
      if (next) next.focus();
    }
  });
  const number = document.getElementById("nummer");
  if (number) number.addEventListener("click", () => { if (!standing().length) press("dialled"); });
  setInterval(showTime, 250);
  showSteps();

  // ── Answers, saved as they are typed ────────────────────────────────────
  const answers = () => {
    const found = {};
    for (const field of grading.querySelectorAll(".item:not([hidden])")) {
      const input = field.querySelector("input:checked, textarea, input[type=text]");
      if (input && input.value.trim()) found[input.name] = input.value;
    }
    return found;
  };
  const fill = (saved) => {
    for (const input of grading.querySelectorAll(".item input, .item textarea")) {
      if (input.type === "radio") input.checked = saved[input.name] === input.value;
      else input.value = saved[input.name] || "";
    }
    route();
  };
  const latest = mine().filter((entry) => entry.answers && entry.sequence > (seen[entry.device] || 0)).pop();
  if (latest) fill(latest.answers);

  let pending = 0;
  const saveNow = () => {
    if (!pending) return;
    clearTimeout(pending);
    pending = 0;
    Journal.add(probe, "answers", answers());
  };
  const saveSoon = () => { clearTimeout(pending); pending = setTimeout(saveNow, PAUSE_MS); };
  grading.addEventListener("input", saveSoon);
  addEventListener("pagehide", saveNow);
  document.addEventListener("visibilitychange", () => { if (document.hidden) saveNow(); });

  const fault = (field, text) => {
    const place = field.querySelector(".fault");
    place.textContent = text;
    place.hidden = !text;
    if (text) place.setAttribute("role", "alert"); else place.removeAttribute("role");
  };
  const lacking = () => {
    const found = [];
    for (const field of grading.querySelectorAll(".item")) {
      fault(field, "");
      if (field.hidden) continue;
      const value = field.querySelector("input:checked, input[type=text], textarea");
      const empty = !value || !value.value.trim();
      if ("required" in field.dataset && empty) { fault(field, line.dataset.missing); found.push(field); }
      if (field.dataset.kind === "seconds" && empty && contact() === null) { fault(field, line.dataset.time); found.push(field); }
    }
    return found;
  };
  const goTo = (field) => { field.scrollIntoView({ block: "center" }); field.querySelector("input, textarea").focus(); };

  grading.addEventListener("submit", (event) => {
    event.preventDefault();
    const faulty = lacking();
    if (faulty.length) { goTo(faulty[0]); return; }
    clearTimeout(pending);
    pending = 0;
    const given = answers();
    const entry = Journal.add(probe, "finished", given);
    Journal.onSettled((settled, result) => {
      if (settled.key !== entry.key || !result.kept) return;
      if (!result.problems.length) { location.assign(page.dataset.next); return; }
      result.problems.forEach((problem) => {
        const field = grading.querySelector(`[data-item="${problem.item}"]`);
        if (field) { field.hidden = false; fault(field, problem.text); goTo(field); }
      });
    });
    setTimeout(waitOn, 2500);
  });
  // No answer yet: the next call may be made while this one waits.
  const waitOn = () => {
    if (!Journal.waiting().some((entry) => entry.probe === probe && entry.kind === "finished")) return;
    const place = document.getElementById("kvar");
    place.textContent = "";
    const words = document.createElement("p");
    words.textContent = line.dataset.kept;
    const link = document.createElement("a");
    link.className = "button";
    link.href = page.dataset.next;
    link.textContent = grading.querySelector("button[name=done]").textContent;
    place.append(words, link);
    place.hidden = false;
    place.scrollIntoView({ block: "center" });
  };
})();
