// What this very phone can do, as its own browser says. Each answer is in the page; this shows the right one.
(() => {
  "use strict";
  const section = document.getElementById("this-phone");
  if (!section) return;

  function answer(check, good, value) {
    const row = section.querySelector(`[data-check="${check}"]`);
    if (!row) return;
    row.querySelector(good ? "[data-yes]" : "[data-no]").hidden = false;
    const place = row.querySelector(good ? "[data-yes] [data-value]" : "[data-no] [data-value]");
    if (place && value !== undefined) place.textContent = value;
    row.hidden = false;
  }

  // An address of numbers is no name: passkeys are bound to names.
  const bare = /^[\d.]+$|^\[/.test(location.hostname);
  answer("secure", window.isSecureContext);
  answer("encrypt", Boolean(window.isSecureContext && window.crypto && window.crypto.subtle));
  answer("cookies", navigator.cookieEnabled);

  // The page took its way here in between: only a difference of minutes says something.
  const minutes = Math.round(Math.abs(Date.now() - Number(section.dataset.now)) / 60000);
  answer("clock", minutes < 3, String(minutes));

  const asks = window.PublicKeyCredential && !bare && window.isSecureContext
    ? window.PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable()
    : Promise.resolve(false);
  asks.catch(() => false).then((there) => answer("passkey", Boolean(there)));
  section.hidden = false;
})();
