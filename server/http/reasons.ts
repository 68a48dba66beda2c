/** Many reasons for one refusal: a line that a person reads, and a list that does not grow with the request. */

/** Reasons that the line names. */
const NAMED = 10;

/** Reasons that a document lists: a body of 22,000 wrong members would be answered with fourteen times its size. */
const LISTED = 100;

/** The first ten, and how many more there are. */
export function inOneLine(reasons: readonly string[]): string {
  const named = reasons.slice(0, NAMED);
  if (reasons.length > NAMED) named.push(`and ${reasons.length - NAMED} more`);
  return named.join('; ');
}

/** The first hundred, for `problems`. */
export function listed<Reason>(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.slice(0, LISTED);
}
