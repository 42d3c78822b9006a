// Small comforts; every page works without them.
"use strict";
(() => {
  // Times in the reader's zone, with the exact moment in the title.
  const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });
  for (const time of document.querySelectorAll("time[datetime]")) {
    const date = new Date(time.dateTime);
    if (!Number.isNaN(date.valueOf())) time.title = `${moment.format(date)} (${time.dateTime})`;
  }
  // One box that ticks all of a list.
  for (const all of document.querySelectorAll("input[data-all]")) {
    const boxes = [...document.querySelectorAll(`input[name="${CSS.escape(all.dataset.all)}"]`)];
    all.hidden = false;
    all.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; });
  }
  // A change that cannot be taken back is asked for twice.
  for (const form of document.querySelectorAll("form[data-confirm]")) {
    form.addEventListener("submit", (event) => { if (!window.confirm(form.dataset.confirm)) event.preventDefault(); });
  }
  // A form is sent once.
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      setTimeout(() => { for (const button of form.querySelectorAll("button")) button.disabled = true; });
    });
  }
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) for (const button of document.querySelectorAll("button:disabled")) button.disabled = false;
  });
  // A page on which somebody waits says where its news come from, and is loaded again when there are any.
  const live = document.querySelector("[data-events]");
  if (live && window.EventSource) {
    const source = new EventSource(live.dataset.events);
    // What somebody is writing is not taken from them.
    const isBusy = () => /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "");
    source.addEventListener("change", () => {
      source.close();
      if (isBusy()) document.addEventListener("focusout", () => location.reload(), { once: true });
      else location.reload();
    });
    window.addEventListener("pagehide", () => source.close());
  }
  // Work that is under way is looked at again.
  const under = document.querySelector("[data-reload]");
  if (under) setTimeout(() => location.reload(), 1000 * Number(under.dataset.reload));
  // "/" goes to the search, as people know it from other consoles.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "")) return;
    const search = document.querySelector("input[name=q]");
    if (search) { event.preventDefault(); search.focus(); }
  });
})();
