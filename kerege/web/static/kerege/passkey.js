// Passkeys. A form that says data-passkey asks the device before it is sent: "create" makes a new
// one, "get" signs in with one, "act" signs what the form of an act says. The server gives the
// options in data-options, or at data-ask when it is asked.
(() => {
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "");
  const listed = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function create(options) {
    const key = options.publicKey;
    key.challenge = bytes(key.challenge);
    key.user.id = bytes(key.user.id);
    key.excludeCredentials = listed(key.excludeCredentials);
    // It opens the account alone, so it lies in the device and asks for its owner.
    const asked = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
    key.authenticatorSelection = { ...key.authenticatorSelection, ...asked };
    const made = await navigator.credentials.create({ publicKey: key });
    return said(made, {
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports ? made.response.getTransports() : [],
    });
  }

  async function get(options) {
    const key = options.publicKey;
    key.challenge = bytes(key.challenge);
    key.allowCredentials = listed(key.allowCredentials);
    const given = await navigator.credentials.get({ publicKey: key });
    return said(given, {
      authenticatorData: text(given.response.authenticatorData),
      signature: text(given.response.signature),
      userHandle: given.response.userHandle ? text(given.response.userHandle) : null,
    });
  }

  const said = (credential, response) => ({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  });

  async function options(form, submitter) {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const asks = { headers: { Accept: "application/json" } };
    if (form.dataset.passkey === "act") {
      asks.method = "POST";
      asks.body = new FormData(form, submitter);
      asks.body.append("to_sign", "1");
    }
    const answer = await fetch(form.dataset.ask || location.href, asks);
    if (!answer.ok) return null;
    const given = await answer.json();
    return given.request_options || given;
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      const field = form.elements.credential;
      const { submitter } = event;
      const way = form.dataset.passkey;
      // Failed once, or nothing to sign: it goes as any form does.
      if (!way || field.value || submitter?.name) return;
      event.preventDefault();
      try {
        const asked = await options(form, submitter);
        if (asked) field.value = JSON.stringify(await (way === "create" ? create : get)(asked));
        // What cannot be signed is wrong in itself, and the page says why.
        form.submit();
      } catch (error) {
        const told = form.querySelector("[data-passkey-failed]");
        if (told) told.hidden = false;
        if (way === "act") form.dataset.passkey = "";
      }
    });
  }
})();
