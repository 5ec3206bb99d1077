// What was done on this telephone, kept until the server has it: one item an entry, in order, each with its own key.
"use strict";

const Journal = (() => {
  const PREFIX = "lyhord-samtal";
  const line = document.getElementById("linje");
  const user = line ? line.dataset.user : "";
  const own = `${PREFIX}:${user}:`;
  const RETRY_MS = 10000;
  const MOST_AT_ONCE = 50;
  const listeners = [];
  let sending = false;
  let again = false;

  const random = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (part) => part.toString(16).padStart(2, "0")).join("");

  const remembered = (name, make) => {
    const found = localStorage.getItem(`${PREFIX}-${name}`);
    if (found) return found;
    const made = make();
    localStorage.setItem(`${PREFIX}-${name}`, made);
    return made;
  };

  // Counts upwards, also where the store was emptied: never below the time.
  const nextNumber = () => {
    const next = Math.max(Number(localStorage.getItem(`${PREFIX}-nummer`)) + 1, Date.now());
    localStorage.setItem(`${PREFIX}-nummer`, String(next));
    return next;
  };

  const all = () => Object.keys(localStorage)
    .filter((name) => name.startsWith(own))
    .map((name) => ({ name, ...JSON.parse(localStorage.getItem(name)) }))
    .sort((a, b) => a.sequence - b.sequence);

  const of = (probe) => all().filter((entry) => entry.probe === probe);
  const waiting = () => all().filter((entry) => !entry.sent && !entry.refused);
  const store = ({ name, ...entry }) => localStorage.setItem(name, JSON.stringify(entry));

  // Moments by a clock that runs on whatever happens to the time of day; in milliseconds since 1970.
  const clock = () => Math.round(performance.timeOrigin + performance.now());

  const add = (probe, kind, answers) => {
    if (kind === "answers") {
      // Only the latest of several drafts need travel.
      waiting().filter((entry) => entry.probe === probe && entry.kind === "answers")
        .forEach((entry) => localStorage.removeItem(entry.name));
    }
    const entry = { probe, kind, key: random(), device: remembered("enhet", random), sequence: nextNumber(), clock: clock() };
    if (answers) entry.answers = answers;
    store({ name: `${own}${entry.sequence}:${entry.key}`, ...entry });
    tell("sending");
    send();
    return entry;
  };

  // What the server has is kept here without the answers, until a page shows it or two days have passed.
  const lighten = (probe) => of(probe).filter((entry) => entry.sent && entry.answers).forEach((entry) => {
    delete entry.answers;
    store(entry);
  });
  const KEPT_MS = 2 * 24 * 3600 * 1000;
  all().filter((entry) => entry.sent && entry.clock < Date.now() - KEPT_MS)
    .forEach((entry) => localStorage.removeItem(entry.name));
  const dismiss = () => {
    all().filter((entry) => entry.refused).forEach((entry) => localStorage.removeItem(entry.name));
    tell("saved");
    send();
  };

  // Forget what the page at hand shows already.
  const forget = (probe, seen) => of(probe)
    .filter((entry) => entry.sent && entry.sequence <= (seen[entry.device] || 0))
    .forEach((entry) => localStorage.removeItem(entry.name));

  const tell = (state, message) => {
    if (!line) return;
    const left = waiting().length;
    const refused = all().filter((entry) => entry.refused);
    line.dataset.state = refused.length ? "refused" : state;
    line.dataset.left = String(left);
    if (refused.length) line.textContent = `${line.dataset.refused} ${refused[0].refused}`;
    else if (message) line.textContent = message;
    else if (state === "waiting" && left) line.textContent = `${line.dataset.waiting} ${left}`;
    else if (state === "sending" && left) line.textContent = line.dataset.sending;
    else line.textContent = line.dataset.saved;
    if (refused.length) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "quiet";
      button.textContent = line.dataset.dismiss;
      button.addEventListener("click", dismiss);
      line.append(" ", button);
    }
  };

  const post = (entries) => fetch(line.dataset.send, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/json", "X-CSRFToken": line.dataset.token },
    body: JSON.stringify({ entries: entries.map(({ name, sent, refused, problems, ...entry }) => entry) }),
  });

  const settle = (results) => {
    const stored = new Map(all().map((entry) => [entry.key, entry]));
    for (const result of results) {
      const entry = stored.get(result.key);
      if (!entry) continue;
      if (result.kept) store({ ...entry, sent: true, problems: result.problems });
      else store({ ...entry, refused: result.message });
      if (result.kept && entry.kind === "finished" && !result.problems.length) lighten(entry.probe);
      listeners.forEach((listen) => listen(entry, result));
    }
  };

  const send = async () => {
    if (!line) return;
    if (sending) { again = true; return; }
    sending = true;
    try {
      for (let batch = waiting(); batch.length; batch = waiting()) {
        const answer = await post(batch.slice(0, MOST_AT_ONCE));
        if (answer.type === "opaqueredirect" || answer.status === 403) { tell("waiting", line.dataset.signedOut); return; }
        if (!answer.ok) { tell("waiting"); later(); return; }
        settle((await answer.json()).entries);
      }
      tell("saved");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // fetch's word for having no line
      tell("waiting");
      later();
    } finally {
      sending = false;
      if (again) { again = false; send(); }
    }
  };

  let timer = 0;
  const later = () => { clearTimeout(timer); timer = setTimeout(send, RETRY_MS); };

  addEventListener("online", send);
  return { add, of, all, waiting, forget, send, clock, tell, user, line, onSettled: (listen) => listeners.push(listen) };
})();
