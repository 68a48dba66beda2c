/** The platform database taken away. */

import type { Drill } from './scene/drill.ts';

export const drills: readonly Drill[] = [
  { away: ['platform'], how: 'kill' },
  { away: ['platform'], how: 'silence' },
];
