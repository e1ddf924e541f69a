/** Headers whose value is a secret as a whole. */
const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'x-csrftoken']);
/** Members of JSON bodies that hold secrets. */
const SECRET_MEMBER =
  /("(?:key|value|password|password1|password2|secret|token|access_token|csrftoken|sessionid)"\s*:\s*")((?:[^"\\]|\\.)+)(")/g;

/** Replaces secrets in what is recorded. The same secret always gets the same name, so that a replay can tell who speaks. */
export interface SecretMask {
  header(name: string, value: string): string;
  body(text: string): string;
}

/** A mask that remembers the secrets it has seen: one that was met as a secret is masked wherever it comes again. */
export function createSecretMask(): SecretMask {
  const names = new Map<string, string>();

  function nameOf(secret: string): string {
    const given = names.get(secret);
    if (given !== undefined) return given;
    const name = `SECRET${String(names.size + 1).padStart(3, '0')}`;
    names.set(secret, name);
    return name;
  }

  /** Scheme words, cookie names and attributes stay; only values are secret. */
  function headerValue(name: string, value: string): string {
    if (name.includes('cookie')) {
      return value.replaceAll(
        /((?:^|[;,]\s*)(?:sessionid|csrftoken|sessionfresh)=)([^;,]+)/g,
        (_all, start: string, secret: string) => start + nameOf(secret),
      );
    }
    const [, scheme = '', secret = value] = /^(Token |Bearer |Basic )?(.+)$/.exec(value) ?? [];
    return secret === '' ? value : scheme + nameOf(secret);
  }

  function known(text: string): string {
    let masked = text;
    for (const [secret, name] of names) if (secret.length >= 8) masked = masked.replaceAll(secret, name);
    return masked;
  }

  return {
    header: (name, value) =>
      known(SECRET_HEADERS.has(name.toLowerCase()) ? headerValue(name.toLowerCase(), value) : value),
    body: (text) =>
      known(
        text.replaceAll(
          SECRET_MEMBER,
          (_all, start: string, secret: string, end: string) => start + nameOf(secret) + end,
        ),
      ),
  };
}
