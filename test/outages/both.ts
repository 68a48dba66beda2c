/** Both databases taken away. */

import type { Drill } from './scene/drill.ts';

export const drills: readonly Drill[] = [
  { away: ['platform', 'main'], how: 'kill' },
  { away: ['platform', 'main'], how: 'silence' },
];
