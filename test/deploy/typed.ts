/**
 * Manifests against their published schemas, by the compiler: packages have them as types, and a literal that is given a type may have no
 * member that the type does not have. So a misspelt field is found, which the validators made from the same schemas let pass.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../server/config.ts';
import { type Manifest, titleOf } from './manifests.ts';

/** Where the type of a kind is: a module, its name there, and whether it names apiVersion and kind as well. */
interface TypeSource {
  module: string;
  name: string;
  isWhole: boolean;
}

const own = join(projectRoot, 'test/deploy/custom-resources.ts');

/** Kinds whose types do not lie where the others of their group do. */
const SPECIAL: Readonly<Record<string, TypeSource>> = {
  'postgresql.cnpg.io/v1 Cluster': { module: '@cdk8s-kit/crds/pg', name: 'ClusterProps', isWhole: false },
  'postgresql.cnpg.io/v1 ScheduledBackup': {
    module: '@cdk8s-kit/crds/pg',
    name: 'ScheduledBackupProps',
    isWhole: false,
  },
  'postgresql.cnpg.io/v1 Pooler': { module: own, name: 'Pooler', isWhole: false },
  'barmancloud.cnpg.io/v1 ObjectStore': { module: own, name: 'ObjectStore', isWhole: false },
  'redis.redis.opstreelabs.in/v1beta2 RedisCluster': { module: own, name: 'RedisCluster', isWhole: false },
};

function typeSourceOf({ apiVersion, kind }: Manifest): TypeSource {
  const special = SPECIAL[`${apiVersion} ${kind}`];
  if (special !== undefined) return special;
  const pack = apiVersion.startsWith('monitoring.coreos.com/')
    ? '@kubernetes-models/prometheus-operator'
    : 'kubernetes-models';
  return { module: `${pack}/${apiVersion}/${kind}`, name: `I${kind}`, isWhole: true };
}

/** cdk8s writes names its own way (isWalArchiver); its code says which name of the schema each stands for (isWALArchiver). */
const RENAMED = new Map(
  [
    ...readFileSync(new URL(import.meta.resolve('@cdk8s-kit/crds/pg')), 'utf8').matchAll(
      /^ +'?(\w+)'?: .*?\bobj\.(\w+)/gm,
    ),
  ].flatMap(([, schema = '', own = '']) => (schema === own ? [] : [[schema, own] as const])),
);

/** A manifest as a literal of its type, without what the type leaves out. */
function literalOf(manifest: Manifest, { module, isWhole }: TypeSource): string {
  const { apiVersion: _version, kind: _kind, ...rest } = manifest;
  const text = JSON.stringify(isWhole ? manifest : rest, null, 1);
  if (!module.startsWith('@cdk8s-kit')) return text;
  return text.replace(/^( *)"(\w+)":/gm, (line, indent: string, name: string) =>
    RENAMED.has(name) ? `${indent}"${RENAMED.get(name)}":` : line,
  );
}

/** What a type means for data: its enums are their texts, and a class that wraps one value is that value. */
const PLAIN = `type Plain<T> = T extends string ? \`\${T}\`
  : T extends { readonly value: infer V } ? (keyof T extends 'value' ? V : { [K in keyof T]: Plain<T[K]> })
  : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;`;

/** What is wrong with the manifests: the compiler's words, each with the manifest that it is about. */
export function typeErrorsOf(manifests: readonly Manifest[]): string[] {
  const folder = join(projectRoot, 'node_modules/.cache');
  mkdirSync(folder, { recursive: true });
  const home = mkdtempSync(join(folder, 'mvp-manifests-'));
  try {
    for (const [index, manifest] of manifests.entries()) {
      const source = typeSourceOf(manifest);
      writeFileSync(
        join(home, `${index}.ts`),
        `import type { ${source.name} as Type } from '${source.module}';\n${PLAIN}\nexport const manifest: Plain<Type> = ${literalOf(manifest, source)};\n`,
      );
    }
    const options =
      '--ignoreConfig --noEmit --strict --skipLibCheck --target es2024 --module nodenext --moduleResolution nodenext';
    const files = manifests.map((_manifest, index) => join(home, `${index}.ts`));
    const { stdout, status } = spawnSync(
      join(projectRoot, 'node_modules/.bin/tsc'),
      [...options.split(' '), '--types', '', '--allowImportingTsExtensions', ...files],
      { cwd: projectRoot, encoding: 'utf8' },
    );
    if (status === 0) return [];
    return stdout.split('\n').flatMap((line) => {
      const [, index, said] = /(\d+)\.ts\(\d+,\d+\): (.*)$/.exec(line) ?? [];
      const manifest = manifests[Number(index)];
      if (said !== undefined && manifest !== undefined) return [`${titleOf(manifest)}: ${said}`];
      return line.trim() === '' || line.startsWith(' ') ? [] : [line];
    });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
