/** Who a verified token says is asking. */

import { z } from 'zod';
import { Problem } from '../problem.ts';

/** The bearer of a verified token. */
export interface Principal {
  /** The token's `sub`: whose vehicles these are. */
  readonly subject: string;
  readonly roles: readonly string[];
  /** The token's `exp`, in seconds since 1970. */
  readonly expiresAt: number;
}

/** OpenID Connect Core 1.0, section 2: a subject has at most 255 characters. */
const LONGEST_SUBJECT = 255;

/** Login services write one role as a text and several as a list, under either name. What is neither gives no role. */
const roleNames = z
  .union([z.string().transform((role) => [role]), z.array(z.string())])
  .optional()
  .catch(undefined);

/**
 * What must be in a token. `exp` is optional in RFC 7519; here it is not, since a token that leaks would otherwise be good
 * for as long as its key.
 */
export const claimsOfToken = z.object({
  sub: z
    .string({ error: 'has no subject (sub) that is a text' })
    .min(1, { error: 'has an empty subject (sub)' })
    .max(LONGEST_SUBJECT, { error: `has a subject (sub) of more than ${LONGEST_SUBJECT} characters` })
    // A lone surrogate has no UTF-8: two different ones would become one user in the database.
    .refine((sub) => sub.isWellFormed() && !/\p{Cc}/u.test(sub), {
      error: 'has a subject (sub) with characters that cannot be stored',
    }),
  exp: z.number({ error: 'has no expiry (exp)' }),
  iat: z.number({ error: 'has an issue time (iat) that is no number' }).optional(),
  role: roleNames,
  roles: roleNames,
});

/** The bearer that checked claims name. */
export function principalOf({ sub, exp, role = [], roles = [] }: z.output<typeof claimsOfToken>): Principal {
  return { subject: sub, roles: [...new Set([...role, ...roles])], expiresAt: exp };
}

/** Lets the bearer of a role pass. @throws Problem 403 */
export function demandRole(principal: Principal, role: string): void {
  if (principal.roles.includes(role)) return;
  throw new Problem({
    status: 403,
    slug: 'forbidden',
    title: 'Not allowed',
    detail: `this needs a token with the role "${role}"`,
  });
}
