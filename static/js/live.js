// Live regions, the vote form, desk shortcuts, share and print. Everything works without this file too.
(() => {
  "use strict";
  const doc = document, root = doc.documentElement, tags = new Map();
  const all = (q, from = doc) => [...from.querySelectorAll(q)];
  // What asked, if it is a live region: for a swap the event's own element is the target.
  const live = (e) => { const asked = e.detail.requestConfig?.elt || e.detail.elt; return asked.matches?.("[data-live]") && asked; };
  const fresh = (el) => el.getAttribute("hx-get");
  root.classList.add("js");

  // (a) Live regions poll with If-None-Match; a half-filled form inside is never replaced.
  const busy = (el) => {
    const now = doc.activeElement;
    return (el.contains(now) && now.matches("input:not([type=radio],[type=checkbox]),textarea,select")) ||
      all("input,textarea", el).some((i) => i.type !== "hidden" &&
        (/^(radio|checkbox)$/.test(i.type) ? i.checked !== i.defaultChecked : i.value !== i.defaultValue)) ||
      all("option", el).some((o) => o.selected !== o.defaultSelected && o.parentNode.querySelector("[selected]"));
  };
  const offline = (on) => { const el = doc.getElementById("offline"); if (el) el.hidden = !on; };
  const refresh = () => doc.hidden || all("[data-live]").forEach((el) => htmx.ajax("GET", fresh(el), { source: el }));
  const on = (name, run) => doc.addEventListener(name, run);
  on("htmx:configRequest", (e) => {
    const el = live(e), tag = el && (tags.get(fresh(el)) || el.dataset.etag);
    if (tag) e.detail.headers["If-None-Match"] = tag;
  });
  on("htmx:beforeRequest", (e) => { if (live(e) && doc.hidden) e.preventDefault(); });
  on("htmx:beforeSend", (e) => { if (live(e)) e.detail.xhr.timeout = 8000; });
  on("htmx:beforeSwap", (e) => {
    const el = live(e), xhr = e.detail.xhr;
    if (!el || xhr.status !== 200) return;
    if (new URL(xhr.responseURL).pathname !== new URL(fresh(el), location).pathname) return location.reload();
    if (busy(e.detail.target)) { e.detail.shouldSwap = false; return; }
    tags.set(fresh(el), xhr.getResponseHeader("ETag"));
    const open = all("details[open][id]", e.detail.target).map((d) => d.id);
    if (open.length) doc.addEventListener("htmx:afterSwap", () => open.forEach((id) => doc.getElementById(id)?.setAttribute("open", "")), { once: true });
  });
  // The focus stays on the same control; when it is gone, on the part that took its place.
  const mark = (n) => [n.tagName, n.id, n.getAttribute("href"), n.form?.getAttribute("action"), n.matches("button,[type=radio]") ? n.value : n.name, n.parentNode?.id].join();
  on("htmx:beforeSwap", (e) => {
    const part = e.detail.target, now = doc.activeElement;
    if (!e.detail.shouldSwap || now === part || !part.contains(now)) return;
    const held = mark(now);
    doc.addEventListener("htmx:afterSettle", () => {
      if (part.contains(doc.activeElement)) return;
      const again = all("a,button,input,select,textarea,summary", part).find((n) => mark(n) === held);
      if (!again) part.tabIndex = -1;
      (again || part).focus({ preventScroll: true });
    }, { once: true });
  });
  on("htmx:afterRequest", (e) => {
    if (e.detail.successful) offline(false);
    else if (live(e) && (!e.detail.xhr.status || e.detail.xhr.status > 499)) offline(true);
    release(e.detail.elt);
    // A form that got no answer says so, and may be sent again.
    const unsent = e.detail.elt.querySelector?.("[data-unsent]"), { status } = e.detail.xhr;
    if (unsent) unsent.hidden = status > 0 && status < 500;
  });
  on("visibilitychange", refresh);
  addEventListener("online", refresh);
  addEventListener("offline", () => offline(true));

  // (b) The confirm button says what it will do; a form is sent once.
  const say = (form) => {
    const picked = form.querySelector("[data-says]:checked"), label = form.querySelector("[data-confirm]");
    if (picked && label) label.textContent = picked.dataset.says;
  };
  const release = (form) => {
    if (!form?.dataset?.sent) return;
    delete form.dataset.sent;
    all("[aria-disabled]", form).forEach((b) => b.removeAttribute("aria-disabled"));
  };
  on("change", (e) => {
    if (!e.target.matches("[data-says]")) return;
    say(e.target.form);
    e.target.form.querySelector("[data-confirm]")?.scrollIntoView({ block: "nearest" });
  });
  doc.addEventListener("submit", (e) => {
    const form = e.target;
    if (form.method === "get") return;
    if (form.dataset.sent) { e.preventDefault(); e.stopImmediatePropagation(); return; }
    form.dataset.sent = "1";
    e.submitter?.setAttribute("aria-disabled", "true");
    setTimeout(release, 12000, form);
  }, true);
  addEventListener("pageshow", () => { all("form").forEach(release); all("form[data-vote]").forEach(say); });

  // (c) Alt+Shift+letter at the desks, shown beside the word; never while typing.
  on("keydown", (e) => {
    if (!e.altKey || !e.shiftKey || e.ctrlKey || e.metaKey || e.target.matches("input,textarea,select")) return;
    const el = doc.querySelector(`[data-key="${e.code.slice(3).toLowerCase()}"]`);
    if (el && e.code.startsWith("Key")) { e.preventDefault(); el.focus(); if (!el.matches("input,textarea,select")) el.click(); }
  });
  const dress = (part) => {
    all("[data-key]:not([aria-keyshortcuts])", part).forEach((el) => {
      const letter = el.dataset.key.toUpperCase(), kbd = doc.createElement("kbd");
      el.setAttribute("aria-keyshortcuts", `Alt+Shift+${letter}`);
      kbd.textContent = `Alt ⇧ ${letter}`;
      kbd.setAttribute("aria-hidden", "true");
      if (el.matches("a,button,summary")) el.append(kbd);
    });
    all("form[data-vote]", part).forEach(say);
    all("[data-print]", part).forEach((b) => { b.hidden = false; });
    if (navigator.share) all("[data-share]", part).forEach((b) => { b.hidden = false; });
  };

  // (e) Share and print.
  on("click", (e) => {
    const b = e.target.closest?.("[data-share],[data-print]");
    if (b?.matches("[data-print]")) print();
    else if (b) navigator.share({ title: b.dataset.share || doc.title, url: b.dataset.url || location.href }).catch(() => {});
  });
  on("htmx:load", (e) => dress(e.detail.elt.parentNode || doc));
  dress(doc);
})();
