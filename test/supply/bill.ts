/** The bill of materials that npm makes of the lock file, checked against it. */

import { execFileSync } from 'node:child_process';
import { z } from 'zod';
import { projectRoot } from '../../server/config.ts';
import { type LockedPackage, lockedPackages } from './lock.ts';

/** What we rely on of CycloneDX 1.5 (https://cyclonedx.org/docs/1.5/json/); members that we do not look at stay as they are. */
const component = z.looseObject({
  'bom-ref': z.string().min(1),
  type: z.literal('library'),
  name: z.string().min(1),
  version: z.string().min(1),
  purl: z.string().regex(/^pkg:npm\/(%40[^/@]+\/)?[^/@]+@[^@]+$/),
  hashes: z
    .array(z.strictObject({ alg: z.literal('SHA-512'), content: z.string().regex(/^[0-9a-f]{128}$/) }))
    .min(1),
});

export const bill = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.literal('1.5'),
  version: z.literal(1),
  metadata: z.looseObject({ component: z.looseObject({ name: z.string(), version: z.string() }) }),
  components: z.array(component).min(1),
  dependencies: z.array(z.strictObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

/** What npm makes, before it is judged. */
const unjudged = z.looseObject({
  serialNumber: z.string().optional(),
  metadata: z.looseObject({
    timestamp: z.string().optional(),
    component: z.looseObject({ 'bom-ref': z.string() }),
  }),
  components: z.array(z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string() })),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});

export type Bill = z.output<typeof bill>;

/**
 * Makes and judges it. Packages that only tests use are left out here: npm's own `--omit=dev` also leaves out those that both use, such as
 * lru-cache.
 * @throws when npm cannot make it, when it is no CycloneDX, or when it lacks a package that the lock file has
 */
export function makeBill(): Bill {
  const made: unknown = JSON.parse(npm('sbom', '--sbom-format=cyclonedx', '--package-lock-only'));
  const packages = lockedPackages();
  // Bundled ones come inside of another package and are vouched for by its checksum.
  const wanted = new Set(packages.filter(({ isDev }) => !isDev).map(keyOf));
  const whole = unjudged.parse(made);
  const components = whole.components.filter((one) => wanted.has(one['bom-ref']));
  const references = new Set([
    ...components.map((one) => one['bom-ref']),
    whole.metadata.component['bom-ref'],
  ]);
  const dependencies = whole.dependencies
    .filter(({ ref }) => references.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => references.has(one)) }));
  // The time and a random number would make every bill another one; npm takes the folder's name.
  const { serialNumber: _, ...rest } = whole;
  const { timestamp: __, ...metadata } = rest.metadata;
  const root = z
    .object({ name: z.string(), version: z.string() })
    .parse(JSON.parse(npm('pkg', 'get', 'name', 'version')));
  const component = { ...metadata.component, ...root, type: 'application' };
  const judged = bill.parse({ ...rest, metadata: { ...metadata, component }, components, dependencies });
  const faults = faultsOf(judged, packages);
  if (faults.length > 0)
    throw new Error(`the bill of materials is not the lock file's: ${faults.join('; ')}`);
  return judged;
}

const keyOf = ({ name, version }: { name: string; version: string }): string => `${name}@${version}`;

function npm(...args: string[]): string {
  return execFileSync('npm', args, {
    cwd: projectRoot,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** What a bill says otherwise than the lock file, in words. */
export function faultsOf({ components, dependencies }: Bill, packages: readonly LockedPackage[]): string[] {
  const known = new Map(components.map((one) => [one['bom-ref'], one]));
  const references = new Set(components.map((one) => one['bom-ref']));
  const faults: string[] = [];
  for (const { name, version, integrity, isDev } of packages) {
    const listed = known.get(keyOf({ name, version }));
    if (isDev) continue;
    if (listed === undefined) faults.push(`${name}@${version} is missing`);
    else if (
      !listed.hashes.some(
        ({ content }) => `sha512-${Buffer.from(content, 'hex').toString('base64')}` === integrity,
      )
    )
      faults.push(`${name}@${version} has another checksum`);
  }
  for (const { dependsOn } of dependencies)
    faults.push(
      ...dependsOn.filter((ref) => !references.has(ref)).map((ref) => `${ref} is referred to and missing`),
    );
  return faults;
}
