import { backendSection } from './backend/section.ts';
import { clientsSection } from './clients/section.ts';
import { growthSection } from './growth/section.ts';
import { httpSection } from './http/section.ts';
import { memorySection } from './memory/section.ts';
import { peerSection } from './peer/section.ts';
import type { Section } from './setup/section.ts';

/** All sections, in the order of their letters. */
export const sections: readonly Section[] = [
  backendSection,
  clientsSection,
  peerSection,
  httpSection,
  growthSection,
  memorySection,
];
