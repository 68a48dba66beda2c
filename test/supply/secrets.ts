/** What looks like a secret in a text. Few kinds, each one that is never anything else: a test that cries wolf is switched off. */

const KINDS: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/g,
  // Access keys of clouds, code forges, chat services and payment services, by their own beginnings.
  /\bAKIA[0-9A-Z]{16}\b/g,
  /\bgh[pousr]_[A-Za-z0-9]{36}\b/g,
  /\bgithub_pat_\w{60,}\b/g,
  /\bnpm_[A-Za-z0-9]{36}\b/g,
  /\bxox[abprs]-[0-9]{10,}-[\w-]+/g,
  /\bhttps:\/\/hooks\.slack\.com\/services\/T\w{8,}\/B\w{8,}\/\w+/g,
];

/** A login with its password in a URL, unless the password is a word of an example. */
const URL_LOGIN = /\b[a-z][a-z0-9+]*:\/\/[\w.%-]+:([^\s@/'"`$<>{}]+)@[\w.[-]+/g;

/** Digits and both cases in eight characters or more: nobody writes examples so. */
const RANDOM = /^(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])\S{8,}$/;

/** In examples; a drawn secret has it once in a billion billions. */
const COUNTED = '0123456789abcdef';

export function secretsIn(text: string): string[] {
  const found = KINDS.flatMap((kind) => text.match(kind) ?? []).filter((secret) => !secret.includes(COUNTED));
  const passwords = [...text.matchAll(URL_LOGIN)].filter(([, password = '']) => RANDOM.test(password));
  return [...found, ...passwords.map(([url]) => url)];
}
