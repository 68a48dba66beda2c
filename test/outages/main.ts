/** The main database taken away. */

import type { Drill } from './scene/drill.ts';

export const drills: readonly Drill[] = [
  { away: ['main'], how: 'kill' },
  { away: ['main'], how: 'silence' },
];
