/** Secrets from files, as container platforms hand them over: a file is in no process list, and no child inherits it. */

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { describe, Failure } from './failure.ts';

/** Whose URLs a password goes into. A password has a file of its own because the database's container reads the same one. */
const passwordFiles = {
  DATABASE_PASSWORD_FILE: ['DATABASE_URL'],
  PLATFORM_DATABASE_PASSWORD_FILE: ['PLATFORM_DATABASE_URL', 'PLATFORM_REPLICA_URLS'],
  REDIS_PASSWORD_FILE: ['REDIS_URL'],
} as const;

export const passwordFileEnvironment = {
  DATABASE_PASSWORD_FILE: z.string().optional(),
  PLATFORM_DATABASE_PASSWORD_FILE: z.string().optional(),
  REDIS_PASSWORD_FILE: z.string().optional(),
} as const satisfies Record<keyof typeof passwordFiles, z.ZodType>;

/**
 * The environment with the passwords of the files in the URLs that they belong to.
 * @throws {Failure} one line: a file that cannot be read, nothing that it belongs to, a password that is there already
 */
export function withPasswords(given: Readonly<Record<string, string>>): Record<string, string> {
  const result = { ...given };
  for (const [variable, urls] of Object.entries(passwordFiles)) {
    const file = given[variable];
    if (file === undefined) continue;
    if (given[urls[0]] === undefined) {
      throw new Failure(`${variable} is set without ${urls[0]}: set the URL that it belongs to`);
    }
    const password = readSecretFile(variable, file);
    for (const name of urls) {
      const text = given[name];
      if (text !== undefined) result[name] = insertPassword(text, password, { name, variable });
    }
  }
  return result;
}

/**
 * The environment of a process of ours that uses the same platform database. Where the password is in a file, the process reads it there as
 * well: a URL that has it already would be refused beside the file, and would stand in the process's environment.
 * @param url as it was found, with its password
 */
export function withPlatform(env: NodeJS.ProcessEnv, url: string): NodeJS.ProcessEnv {
  return env.PLATFORM_DATABASE_PASSWORD_FILE === undefined ? { ...env, PLATFORM_DATABASE_URL: url } : env;
}

/**
 * What a file holds, without the end of its last line.
 * @param variable that names the file, for messages
 */
export function readSecretFile(variable: string, file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new Failure(`${variable} cannot be read: ${describe(error)}`);
  }
  if (text === '') throw new Failure(`${variable} is empty: write the secret into ${file}`);
  return text;
}

/** Scheme, login and the rest of a URL, or of a list whose first URL has the login for all (redis://a,b). */
const URL_PARTS = /^([a-z+]+:\/\/)(?:([^@/?#,]*)@)?(.+)$/is;

function insertPassword(list: string, password: string, of: { name: string; variable: string }): string {
  // Nodes of one Redis share a login; replicas are URLs of their own.
  const urls = of.name === 'PLATFORM_REPLICA_URLS' ? list.split(',').map((url) => url.trim()) : [list];
  return urls
    .map((url) => {
      const [, scheme, login = '', rest] = URL_PARTS.exec(url) ?? [];
      // Not a URL: refused with what it should be where URLs are checked.
      if (scheme === undefined) return url;
      if (login.includes(':')) {
        throw new Failure(`${of.name} has a password and ${of.variable} is set: set one of them`);
      }
      if (login === '' && of.name !== 'REDIS_URL') {
        throw new Failure(
          `${of.name} names no login for the password of ${of.variable}: put login@ before the host`,
        );
      }
      return `${scheme}${login}:${encodeURIComponent(password)}@${rest}`;
    })
    .join(',');
}
