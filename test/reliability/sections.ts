/** The parts of the reliability run, a line for each file: every Section that a file exports is run. */

import type { Section } from './section.ts';

const files: readonly object[] = await Promise.all([
  // In the order in which they run and are reported.
  import('./soak.ts'),
  import('./spike.ts'),
  import('./chaos.ts'),
  import('./restart.ts'),
  import('./disk.ts'),
  import('./slow.ts'),
  import('./clock.ts'),
  import('./hostile/sections.ts'),
  import('./safety/vehicles.ts'),
  import('./safety/upgrades.ts'),
  import('./safety/backups.ts'),
]);

export const sections: readonly Section[] = files.flatMap((file) => Object.values(file).filter(isSection));

function isSection(exported: unknown): exported is Section {
  return typeof exported === 'object' && exported !== null && 'about' in exported && 'run' in exported;
}
