/** What the page is made of, and where a browser finds it. */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PAGES, type Page } from './pages.ts';

/** A file as it is served. */
export interface PageFile {
  /** Below the address of all files, with `/` between folders. */
  path: string;
  type: string;
  text: string;
}

/** Modules may lie anywhere below `server/`: what a VIN may be made of is the server's own module. */
const SERVER = fileURLToPath(new URL('..', import.meta.url));
const CLIENT = join(SERVER, 'page', 'client');

const SCRIPT = 'text/javascript; charset=utf-8';

/** An import or export of another file of ours. */
const SPECIFIER = /(\bfrom |\bimport )'(\.{1,2}\/[^']+)\.ts'/g;

/** In the order of the cascade. */
const STYLES = ['tokens', 'base', 'controls', 'vin', 'decode', 'tables', 'data'];

/** Every file that a page needs, and a digest of them all. */
export interface Site {
  /** Part of the files' address: another text, another address, so that browsers may keep them for ever. */
  digest: string;
  files: PageFile[];
  /** The modules of each page, its own first; a browser told of all of them fetches them at once. */
  modules: Readonly<Record<string, string[]>>;
}

/** Reads the files and takes the types out of the modules, which leaves every line where it was. */
export function readSite(): Site {
  const modules = Object.fromEntries(PAGES.map(({ name }) => [name, modulesFrom(`page/client/${name}.ts`)]));
  const scripts = [...new Set(Object.values(modules).flat())].map((path) => ({
    path: path.replace(/\.ts$/, '.js'),
    type: SCRIPT,
    text: scriptOf(path).replaceAll(SPECIFIER, "$1'$2.js'"),
  }));
  const style = STYLES.map((name) => readFileSync(join(CLIENT, 'styles', `${name}.css`), 'utf8')).join('\n');
  const files = [
    ...scripts,
    { path: 'page.css', type: 'text/css; charset=utf-8', text: style },
    { path: 'icon.svg', type: 'image/svg+xml', text: readFileSync(join(CLIENT, 'icon.svg'), 'utf8') },
  ];
  const hash = createHash('sha256');
  for (const { path, text } of files) hash.update(`${path}\0${text}\0`);
  return {
    digest: hash.digest('base64url').slice(0, 16),
    files,
    modules: Object.fromEntries(
      Object.entries(modules).map(([name, paths]) => [
        name,
        paths.map((path) => path.replace(/\.ts$/, '.js')),
      ]),
    ),
  };
}

/** A module and all that it needs, itself first; paths below `server/`. */
function modulesFrom(entry: string): string[] {
  const found = new Set<string>();
  const follow = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const [, , specifier] of scriptOf(path).matchAll(SPECIFIER)) {
      follow(relative(SERVER, join(SERVER, dirname(path), `${specifier}.ts`)).replaceAll('\\', '/'));
    }
  };
  follow(entry);
  return [...found];
}

/** The text of a module without its types; imports still name `.ts`. */
function scriptOf(path: string): string {
  return stripTypeScriptTypes(readFileSync(join(SERVER, path), 'utf8'));
}

/** The HTML of a page: the frame that all share, with the page's own part in it. */
export function htmlOf({ name, title, path }: Page, { digest, modules }: Site): string {
  const base = `/page/${digest}`;
  const own = modules[name] ?? [];
  const values: Record<string, string> = {
    title,
    base,
    script: `${base}/${own[0]}`,
    preloads: own
      .slice(1)
      .map((path) => `<link rel="modulepreload" href="${base}/${path}">`)
      .join('\n    '),
    main: readFileSync(join(CLIENT, `${name}.html`), 'utf8').trimEnd(),
  };
  return readFileSync(join(CLIENT, 'frame.html'), 'utf8')
    .replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => values[key] ?? '')
    .replace(`<a href="${path}">`, `<a href="${path}" aria-current="page">`);
}
