/** The lock file's packages. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectRoot } from '../../server/config.ts';

const entry = z.looseObject({
  name: z.string().optional(),
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().optional(),
  devOptional: z.boolean().optional(),
  link: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
});

const lock = z.looseObject({ lockfileVersion: z.literal(3), packages: z.record(z.string(), entry) });

export interface LockedPackage {
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly resolved: string | undefined;
  readonly integrity: string | undefined;
  readonly license: string | undefined;
  /** Only tests and benchmarks use it. */
  readonly isDev: boolean;
  readonly isLink: boolean;
  readonly hasInstallScript: boolean;
}

export function lockedPackages(): LockedPackage[] {
  const { packages } = lock.parse(JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')));
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, one]) => ({
      path,
      name: one.name ?? path.replace(/^.*node_modules\//, ''),
      version: one.version ?? '',
      resolved: one.resolved,
      integrity: one.integrity,
      license: one.license,
      isDev: one.dev === true || one.devOptional === true,
      isLink: one.link === true,
      hasInstallScript: one.hasInstallScript === true,
    }));
}
