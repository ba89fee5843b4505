// While the other database is being made the server goes away for some seconds: ask until it answers as another.
(() => {
  "use strict";
  const place = document.querySelector("[data-begin]");
  const ask = async () => {
    try {
      const answer = await fetch(place.dataset.begin, { cache: "no-store" });
      if (answer.ok && answer.headers.get("X-Beginning") !== "waiting") { location.assign(place.dataset.begin); return; }
    } catch { /* not there for the moment */ }
    setTimeout(ask, 1500);
  };
  if (place) setTimeout(ask, 1500);
})();
