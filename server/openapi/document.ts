/**
 * The OpenAPI document. Requests are the schemas that the routes validate with; responses are in schemas/, and
 * test/contract holds the service's answers against them.
 */

import { createDocument, type ZodOpenApiOverride } from 'zod-openapi';
import { decodePaths } from './paths/decode.ts';
import { dropdownPaths } from './paths/dropdowns.ts';
import { operationPaths } from './paths/operations.ts';
import { vehiclePaths } from './paths/vehicles.ts';
import { vpicPaths } from './paths/vpic.ts';

const description = `
Decodes VINs and answers vehicle dropdowns from NHTSA's vPIC data in a local database.

**Errors** are problem documents (RFC 9457), \`application/problem+json\`: compare \`error\`, show \`detail\`, and quote \`requestId\`
when asking for help. A parameter that is not known is refused, save in the vPIC API.

**Caching.** Public GETs carry an \`ETag\`: sent back as \`If-None-Match\` it gets a 304 while nothing has changed. \`X-Cache: STALE\`
says that the database is away and the answer may be older than its data.

**Methods.** HEAD works wherever GET does. OPTIONS tells what is allowed; another method is a 405 with \`Allow\`.

**Request ids.** \`X-Request-Id\` of 8 to 128 letters, digits, dots, dashes and underscores is taken over, else made.

The data is a work of the US government (NHTSA, Product Information Catalog and Vehicle Listing). What a VIN says may be incomplete or
wrong; each value comes with an estimate of how likely it is right.
`.trim();

const tags = [
  { name: 'Decode', description: 'What VINs say, and why.' },
  {
    name: 'Dropdowns',
    description: 'Vehicles to choose from: years, makes, models and what there is of them.',
  },
  { name: 'Vehicles', description: 'The vehicles of the user whose token it is.' },
  {
    name: 'vPIC API',
    description:
      "Paths, parameters and shapes of NHTSA's public vPIC API: its clients only change their base URL. Names are taken in any case, parameters that are not known are ignored.",
    externalDocs: { description: 'The original', url: 'https://vpic.nhtsa.dot.gov/api/' },
  },
  { name: 'Operations', description: 'For whoever runs the service.' },
];

/** Integers have the bounds that they were given; those of what JavaScript can count say nothing. */
const withoutSafeBounds: ZodOpenApiOverride = ({ jsonSchema }) => {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
};

export type OpenApiDocument = ReturnType<typeof createDocument>;

/** The document of the whole service. @param version of the program */
export function openApiDocument(version: string): OpenApiDocument {
  return createDocument(
    {
      openapi: '3.1.1',
      info: { title: 'mvp-platform-vehicles', version, description },
      servers: [{ url: '/', description: 'The server that this document came from.' }],
      tags,
      paths: { ...decodePaths, ...dropdownPaths, ...vehiclePaths, ...vpicPaths, ...operationPaths },
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description:
              "A JSON Web Token with `sub`, the user, and `exp`; HS256, or RS256 and ES256 with the login service's published keys.",
          },
        },
      },
    },
    { override: withoutSafeBounds },
  );
}
