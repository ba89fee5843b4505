// Passkeys: asks the server for a challenge, the phone for its key, and sends the form with the answer in it.
// A form with data-passkey="create" or "get" shows only where the browser can; without this file nothing shows.
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const keys = (list) => (list || []).map((key) => ({ ...key, id: bytes(key.id) }));

  const asked = (options, create) => {
    const ready = { ...options, challenge: bytes(options.challenge) };
    if (create) {
      ready.user = { ...options.user, id: bytes(options.user.id) };
      ready.excludeCredentials = keys(options.excludeCredentials);
    } else ready.allowCredentials = keys(options.allowCredentials);
    return { publicKey: ready };
  };

  const answered = (made) => {
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[part]) response[part] = text(made.response[part]);
    }
    return { id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: {} };
  };

  const run = async (form) => {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const create = form.dataset.passkey === "create";
    const reply = await fetch(form.dataset.options, { method: "POST", headers: { "X-CSRFToken": token } });
    if (!reply.ok) throw new Error(`options: ${reply.status}`);
    const { challenge_key, options } = await reply.json();
    const credential = await navigator.credentials[create ? "create" : "get"](asked(options, create));
    form.querySelector("[name=passkey]").value = JSON.stringify({ challenge_key, credential: answered(credential) });
    form.submit();
  };

  const failed = (form, on) => {
    const says = form.querySelector("[data-passkey-failed]");
    if (says) says.hidden = !on;
  };

  if (!window.PublicKeyCredential || !window.isSecureContext) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      failed(form, false);
      run(form).catch(() => {
        // The person turned it down, or the phone has no key for this place: the form may be sent again.
        delete form.dataset.sent;
        form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
        failed(form, true);
      });
    });
  }
})();
