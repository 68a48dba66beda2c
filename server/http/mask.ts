/**
 * VINs in logs. A whole VIN leads to a person; its first eleven characters say what kind of vehicle it is and which
 * plant built it, which is all that a log needs. The serial number is left out.
 */

/** Characters of a VIN that describe the vehicle and its plant, but not which one it is. */
const KEPT = 11;
const MASK = '******';

/** The path segment that a decode route takes for a VIN, whatever it holds: bad VINs are often mistyped good ones. */
const DECODED_SEGMENT = /(\/decode[a-z]*\/)([^/?#]+)/gi;

/** Anything long enough to be a VIN, wherever it stands. */
const VIN_LIKE = /(?<![A-Z0-9])([A-HJ-NPR-Z0-9]{11})[A-HJ-NPR-Z0-9]{6}(?![A-Z0-9])/gi;

/** Longest address that is logged, in characters. */
const LONGEST = 500;

/** The text with every VIN in it cut to its first eleven characters. */
export function maskVins(text: string): string {
  return text.replace(VIN_LIKE, `$1${MASK}`);
}

/**
 * A request's path and query for the log: VINs masked, in a decode path also those that are percent-encoded,
 * too short, too long or mistyped; cut to 500 characters.
 */
export function maskUrl(url: string): string {
  const masked = url.replace(
    DECODED_SEGMENT,
    (_match, head: string, segment: string) => head + maskSegment(segment),
  );
  return maskVins(masked).slice(0, LONGEST);
}

function maskSegment(segment: string): string {
  const characters = Array.from(decoded(segment));
  const kept = encodeURIComponent(characters.slice(0, KEPT).join(''));
  return characters.length > KEPT ? kept + MASK : kept;
}

/** The segment's text; a segment that is no valid percent-encoding as it stands. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
