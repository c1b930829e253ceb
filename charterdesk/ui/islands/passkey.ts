/* A form whose button asks the device for a passkey: makes one (`data-create`), or signs with one.
 *
 * The options come from the element named by `data-options`, or from where the form goes. What the device answers goes
 * into the form's field `credential`, and the form is sent.
 */
type Descriptor = { id: string; type: "public-key"; transports?: AuthenticatorTransport[] };
type Options = {
  publicKey: Record<string, unknown> & {
    challenge: string;
    user?: { id: string; name: string; displayName: string };
    excludeCredentials?: Descriptor[];
    allowCredentials?: Descriptor[];
  };
};

/** Bytes of a base64url text. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

/** The base64url text of some bytes. */
export function text(data: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(data));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const described = (found: Descriptor[] = []) => found.map((each) => ({ ...each, id: bytes(each.id) }));

async function create({ publicKey }: Options): Promise<Credential | null> {
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user?.id ?? "") },
      excludeCredentials: described(publicKey.excludeCredentials),
      // A passkey: it lies in the device, and the device knows whose it is.
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    } as unknown as PublicKeyCredentialCreationOptions,
  });
}

async function sign({ publicKey }: Options): Promise<Credential | null> {
  return navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: described(publicKey.allowCredentials),
    } as unknown as PublicKeyCredentialRequestOptions,
  });
}

/** What the device answered, as JSON. */
function written(credential: PublicKeyCredential): string {
  const response = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const parts: Record<string, unknown> = { clientDataJSON: text(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"] as const) {
    const value = response[name];
    if (value) parts[name] = text(value);
  }
  if (response.getTransports) parts["transports"] = response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: parts,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function optionsOf(form: HTMLFormElement): Promise<Options> {
  const place = form.dataset["options"];
  if (place) {
    const found = JSON.parse(document.getElementById(place)?.textContent ?? "{}");
    return found.creation_options ?? found.request_options;
  }
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
}

export default function passkey(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const failed = form.querySelector<HTMLElement>("[data-passkey-failed]");
  const button = form.querySelector<HTMLButtonElement>("[data-passkey]");
  if (button) button.disabled = false; // pressed before this is here it would do nothing
  button?.addEventListener("click", () => {
    void (async () => {
      failed?.setAttribute("hidden", "");
      try {
        const options = await optionsOf(form);
        const credential = await ("create" in form.dataset ? create(options) : sign(options));
        if (!credential) return;
        form.querySelector<HTMLInputElement>("[name=credential]")!.value = written(credential as PublicKeyCredential);
        form.submit();
      } catch {
        failed?.removeAttribute("hidden"); // turned down, or no such key here: the reader chooses what next
      }
    })();
  });
}
