/**
 * What logs leave out. A whole VIN leads to a person; its first eleven characters say what kind of vehicle it is and which
 * plant built it, which is all that a log needs. Clients also put into addresses what does not belong there: tokens,
 * passwords, e-mail addresses.
 */

/** Characters of a VIN that describe the vehicle and its plant, but not which one it is. */
const KEPT = 11;
const MASK = '******';

/** The path segment that a decode route takes for a VIN, whatever it holds: bad VINs are often mistyped good ones. */
const DECODED_SEGMENT = /(\/decode[a-z]*\/)([^/?#]+)/gi;

/** Anything long enough to be a VIN, wherever it stands. */
const VIN_LIKE = /(?<![A-Z0-9])([A-HJ-NPR-Z0-9]{11})[A-HJ-NPR-Z0-9]{6}(?![A-Z0-9])/gi;

/** Parameters of this service's own; what other names say may be anything. */
const OWN_PARAMETERS: ReadonlySet<string> = new Set(
  'year modelyear make model vehicletype format type manufacturer page vin'.split(' '),
);

const EMAIL = /[^\s/@?&="<>]+(?:@|%40)[^\s/@?&="<>]+\.[a-z]{2,}/gi;

/** Keys, digests and tokens, also those of three parts with dots; words that long have no digits, and a UUID is an id. */
const OPAQUE =
  /(?<![\w-])(?![0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w.-]))(?=[\w.-]*\d)[\w-]{10,}[\w.-]{22,}/gi;

/** Longest address that is logged, in characters. */
const LONGEST = 500;

/** The text with every VIN in it cut to its first eleven characters. */
export function maskVins(text: string): string {
  return text.replace(VIN_LIKE, `$1${MASK}`);
}

/** The text without what may be a secret, and with VINs cut. */
export function maskText(text: string): string {
  return maskVins(text.replace(EMAIL, MASK).replace(OPAQUE, MASK));
}

/**
 * A request's path and query for the log: VINs masked, in a decode path also those that are percent-encoded,
 * too short, too long or mistyped; values of parameters only where they are this service's own; cut to 500 characters.
 */
export function maskUrl(url: string): string {
  const [path = '', query] = splitOnce(url.slice(0, LONGEST), '?');
  // First as it stands: half an e-mail address looks like none.
  const masked = maskText(path).replace(
    DECODED_SEGMENT,
    (_match, head: string, segment: string) => head + maskSegment(segment),
  );
  return (query === undefined ? masked : `${masked}?${maskText(maskQuery(query))}`).slice(0, LONGEST);
}

function maskQuery(query: string): string {
  const parameters = query.split('&').map((parameter) => {
    const [name = '', value] = splitOnce(parameter, '=');
    return value === undefined || OWN_PARAMETERS.has(name.toLowerCase()) ? parameter : `${name}=${MASK}`;
  });
  return parameters.join('&');
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
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
