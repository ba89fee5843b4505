// A kiosk forgets: what the browser kept of a page is not shown again, and what was half typed goes away.
(() => {
  "use strict";
  const IDLE = 60000, start = document.querySelector("[data-kiosk-start]"), next = document.querySelector("[data-kiosk-next]");
  addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });
  if (start) {
    let timer;
    const forget = () => { start.reset(); start.querySelector("[name=number]").focus(); };
    const again = () => { clearTimeout(timer); timer = setTimeout(forget, IDLE); };
    ["input", "keydown", "pointerdown"].forEach((name) => addEventListener(name, again));
    again();
  }
  next?.focus();
})();
