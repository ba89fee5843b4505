// Proving again with a passkey: the phone signs, and the form goes on its way. Without it there is PIN or password.
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const sign = async (options) => {
    const got = await navigator.credentials.get({ publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: (options.allowCredentials || []).map((one) => ({ ...one, id: bytes(one.id) })),
    } });
    const { clientDataJSON, authenticatorData, signature, userHandle } = got.response;
    return {
      id: got.id, rawId: text(got.rawId), type: got.type, clientExtensionResults: {},
      response: {
        clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData),
        signature: text(signature), userHandle: userHandle ? text(userHandle) : null,
      },
    };
  };
  const ready = () => {
    const button = document.querySelector("[data-confirm-passkey]");
    if (!button || button.dataset.ready || !window.PublicKeyCredential) return;
    button.dataset.ready = "1";
    button.hidden = false;
    const secret = document.getElementById("confirm-secret");
    const says = document.querySelector("[data-confirm-failed]");
    button.addEventListener("click", async () => {
      if (says) says.hidden = true;
      const asked = JSON.parse(document.getElementById("confirm-asked").textContent), form = button.form;
      try {
        const credential = await sign(asked.options);
        form.querySelector("[name=confirm_passkey]").value = JSON.stringify({ challenge_key: asked.challenge_key, credential });
        if (secret) { secret.required = false; secret.value = ""; }
        form.requestSubmit();
      } catch {
        // Turned down, or no key for this place: nothing was sent, so it may be tried again.
        if (says) says.hidden = false;
        secret?.focus();
      }
    });
  };
  document.addEventListener("htmx:afterSwap", ready);
  ready();
})();
