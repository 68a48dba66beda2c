import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import test from 'ava';
import { names, projectRoot } from '../server/config.ts';

/** What documents say about the program and about each other; what they say about answers, the contract tests hold. */

const DOCUMENTS = globSync(
  ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/**/*.md', 'deploy/**/*.md'],
  {
    cwd: projectRoot,
  },
).sort();

const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8');

/** Examples are no text: a line of a shell may begin like a heading, a text in JSON look like a link. */
const prose = (path: string): string => read(path).replace(/^```[\s\S]*?^```$/gm, '');

test('every setting has its row in docs/configuration.md, and no row is without one', (t) => {
  const rows = Array.from(
    read('docs/configuration.md').matchAll(/^\| `([A-Z_]+)` \| .+ \| .+ \| .+ \| .+ \|$/gm),
  );
  t.deepEqual(rows.map(([, name]) => name).sort(), [...names].sort());
});

test("README's table names settings that there are", (t) => {
  const [, section = ''] = read('README.md').split(/^## Configuration$/m);
  const rows = Array.from(section.split(/^## /m)[0]?.matchAll(/^\| `([A-Z_]+)`/gm) ?? []);
  t.true(rows.length > 5);
  t.deepEqual(
    rows.map(([, name]) => name).filter((name) => !names.includes(name ?? '')),
    [],
  );
});

/** The fragments that lead into a document, as GitHub makes them of its headings. */
function fragmentsOf(path: string): string[] {
  return Array.from(prose(path).matchAll(/^#{1,6} (.+)$/gm), ([, heading = '']) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** What is wrong with a link, or null. */
function faultOf(document: string, link: string): string | null {
  const [file = '', fragment] = link.split('#');
  const target = file === '' ? document : normalize(join(dirname(document), file));
  if (!existsSync(join(projectRoot, target))) return `${document}: ${link} leads to no file`;
  if (fragment === undefined || fragmentsOf(target).includes(fragment)) return null;
  return `${document}: ${link} leads to no heading`;
}

test('every link leads to a file, and to a heading where it names one', (t) => {
  const links = DOCUMENTS.flatMap((document) =>
    Array.from(prose(document).matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => ({ document, link })),
  ).filter(({ link }) => !/^[a-z]+:/.test(link));
  t.true(links.length > 100);
  t.deepEqual(
    links.map(({ document, link }) => faultOf(document, link)).filter((fault) => fault !== null),
    [],
  );
});

test('docs/README.md leads to every document', (t) => {
  const index = read('docs/README.md');
  const missing = DOCUMENTS.filter(
    (path) => /^docs\/(?!adr\/\d|README)/.test(path) && !index.includes(`(${path.slice('docs/'.length)}`),
  );
  t.deepEqual(missing, []);
});
