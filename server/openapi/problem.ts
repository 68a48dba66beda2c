/** The schema of a problem document, by its kind. */

import { z } from 'zod';

export const requestId = z
  .string()
  .meta({ description: 'The `X-Request-Id`: it leads to the cause in the log.' });

/** A kind of problem. */
export interface Kind {
  status: number;
  slug: string;
  /** The kind in words. */
  title: string;
  /** When it comes. */
  description: string;
  /** Of this case, as an example. */
  detail: string;
  /** The name of the schema where the slug's own is taken. */
  id?: string;
}

/** A problem document (RFC 9457) with the members that its kind adds, and no others. */
export function problem<Extensions extends z.ZodRawShape>(
  { status, slug, title, description, detail, id = slug }: Kind,
  extensions: Extensions,
) {
  return z
    .strictObject({
      type: z.literal(`/problems/${slug}`).meta({ description: 'The kind, as a URI reference (RFC 9457).' }),
      title: z.string().meta({ description: 'The kind in words.', examples: [title] }),
      status: z.literal(status).meta({ description: 'The HTTP status.' }),
      detail: z.string().meta({ description: 'This case in words.', examples: [detail] }),
      error: z.literal(slug).meta({ description: 'The kind: what clients compare.' }),
      message: z.string().meta({ description: 'The same as `detail`.', examples: [detail] }),
      requestId,
      ...extensions,
    })
    .meta({ id: `problem-${id}`, description });
}
