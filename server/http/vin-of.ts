/** The VIN that a client gives, or everything that is wrong with it. */

import { Problem } from '../problem.ts';
import { normalize, problems } from '../vin.ts';

/**
 * The VIN that a text is, normalized.
 *
 * @throws Problem 400 `invalid-vin`, with `problems: [{ position, character, reason }]`
 */
export function vinOf(text: string): string {
  const vin = normalize(text);
  const found = problems(vin);
  if (found.length === 0) return vin;
  const reasons = found.map(({ position, reason }) =>
    position === null ? reason : `position ${position}: ${reason}`,
  );
  throw new Problem({
    status: 400,
    slug: 'invalid-vin',
    title: 'This cannot be a VIN',
    detail: reasons.join('; '),
    extensions: { problems: found },
  });
}
