/**
 * The part of a decode that is the VIN's own. The database gives a decode as two texts: `{"vin":"…","checkDigit":{…},`
 * and the rest. Where it says that the rest is common to all VINs of a descriptor, the first differs between them
 * in the VIN and in the check digit alone, so another VIN's is made from it, without knowing how it is laid out.
 */

/** How often the check digit stands in it, as expected and as actual. */
const DIGITS = 2;

/**
 * The texts around the VIN and around each check digit, or null when it is not laid out so: then it is not made
 * for other VINs, and all that is lost is time.
 *
 * @param own the own part of a regular VIN (vin.ts), as the database gave it
 */
export function frameOf(own: string, vin: string): readonly string[] | null {
  const [head, tail, ...more] = own.split(vin);
  if (head === undefined || tail === undefined || more.length > 0) return null;
  const around = tail.split(`"${vin.charAt(8)}"`);
  return around.length === DIGITS + 1 ? [head, ...around] : null;
}

/** The own part of another regular VIN, byte for byte what the database would give. */
export function fillFrame(frame: readonly string[], vin: string): string {
  const digit = `"${vin.charAt(8)}"`;
  return `${frame[0]}${vin}${frame[1]}${digit}${frame[2]}${digit}${frame[3]}`;
}
