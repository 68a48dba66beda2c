import type { Envelope } from './envelope.ts';

/** The envelope around results that are JSON text already: they are sent as they are, never parsed. */
export function renderJson({ count, message, searchCriteria, results }: Envelope): string {
  const head = JSON.stringify({ Count: count, Message: message, SearchCriteria: searchCriteria });
  return `${head.slice(0, -1)},"Results":${results}}`;
}
