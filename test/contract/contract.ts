/** The service's OpenAPI document as a judge of its answers. */

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';

/** Of the document what judging needs; the meta-schema is somebody else's business. */
const response = z.object({
  headers: z
    .record(z.string(), z.looseObject({ $ref: z.string().optional(), required: z.boolean().optional() }))
    .default({}),
  content: z.record(z.string(), z.unknown()).default({}),
});
const documented = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({ responses: z.record(z.string(), z.looseObject({ $ref: z.string().optional() })) }),
    ),
  ),
});

/** What HTTP itself, a quota or a browser's protection put on answers; none of it is about the operation. */
const PLUMBING = new RegExp(
  `^(${[
    'date|connection|keep-alive|transfer-encoding|content-(length|type|encoding)|allow|vary',
    'ratelimit(-policy)?|access-control-[a-z-]+',
    'content-security-policy|strict-transport-security|referrer-policy|permissions-policy|origin-agent-cluster',
    'cross-origin-[a-z-]+|x-(content-type-options|dns-prefetch-control|download-options|frame-options)',
    'x-(permitted-cross-domain-policies|xss-protection)',
  ].join('|')})$`,
);

/** Answers that belong to no operation, but say so. */
const NOBODYS: ReadonlyMap<number, string> = new Map([
  [404, 'unknown-route'],
  [405, 'method-not-allowed'],
  [501, 'not-in-published-data'],
]);

/** Not had by asking properly: a fault of the service's own, and a body that does not come. */
const UNASKED = [408, 500];

const NDJSON = 'application/x-ndjson';

interface Operation {
  /** `GET /api/vehicles/decode/{vin}` */
  name: string;
  method: string;
  template: string;
  pattern: RegExp;
  /** Of each documented status, where its response stands in the document. */
  pointers: ReadonlyMap<string, string>;
}

/** What was asked. */
export interface Asked {
  method: string;
  path: string;
}

export class Contract {
  readonly operations: readonly Operation[];
  /** Operations and statuses that were judged: `GET /health 200`. */
  readonly judged = new Set<string>();
  readonly #document: unknown;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(document: object) {
    this.#document = document;
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(document, 'openapi');
    this.operations = operationsOf(document);
  }

  /** The operation that a request is, paths in any case and with or without a slash at the end, as the service takes them. */
  operationOf({ method, path }: Asked): Operation | undefined {
    const pathname = path.split('?')[0] ?? '';
    const asked = method === 'HEAD' ? 'GET' : method;
    return this.operations.find((one) => one.method === asked && one.pattern.test(pathname));
  }

  /**
   * What is wrong with an answer; nothing when the document describes it.
   *
   * @param body null where it is not looked at
   */
  complaintsAbout(asked: Asked, { status, headers }: Response, body: string | null): string[] {
    const operation = this.operationOf(asked);
    const kind = headers.get('content-type')?.split(';')[0] ?? '';
    const isNobodys = this.#isNobodys(asked, status, body);
    if (operation === undefined) return isNobodys ? [] : ['belongs to no operation'];
    // The path only looks like the operation's, or the app under test leaves it out.
    if (isNobodys && status !== 501) return [];
    this.judged.add(`${operation.name} ${status}`);
    const isUnasked = UNASKED.includes(status);
    const pointer = operation.pointers.get(isUnasked ? 'default' : String(status));
    if (pointer === undefined) return [`${operation.name} does not document ${status}: ${body}`];
    const { headers: known, content } = response.parse(this.#at(pointer));
    const complaints = isUnasked ? [] : this.#complaintsAboutHeaders(pointer, known, headers);
    const hasBody = asked.method !== 'HEAD' && ![204, 304].includes(status);
    if (!hasBody) {
      if (body) complaints.push(`has a body: ${body.slice(0, 200)}`);
    } else if (!Object.hasOwn(content, kind)) complaints.push(`has media type "${kind}"`);
    else if (body !== null) {
      const place = `${pointer}/content/${escaped(kind)}/schema`;
      complaints.push(...valuesOf(kind, body).flatMap((value) => this.complaintsAboutValue(place, value)));
    }
    return complaints.map((complaint) => `${operation.name} ${status} ${complaint}`);
  }

  /** Whether a value fits the schema at a place of the document. */
  complaintsAboutValue(pointer: string, value: unknown): string[] {
    let validate = this.#validators.get(pointer);
    if (validate === undefined) {
      validate = this.#ajv.compile({ $ref: `openapi${pointer}` });
      this.#validators.set(pointer, validate);
    }
    if (validate(value)) return [];
    const found = (validate.errors ?? []).slice(0, 5);
    return found.map(({ instancePath, message, params }) => {
      return `${instancePath} ${message} ${JSON.stringify(params)} in ${JSON.stringify(value).slice(0, 500)}`;
    });
  }

  #complaintsAboutHeaders(
    pointer: string,
    known: z.output<typeof response>['headers'],
    headers: Headers,
  ): string[] {
    const complaints: string[] = [];
    const names = new Set(Object.keys(known).map((name) => name.toLowerCase()));
    for (const name of headers.keys()) {
      if (!names.has(name) && !PLUMBING.test(name)) complaints.push(`has the header ${name}`);
    }
    for (const [name, { $ref }] of Object.entries(known)) {
      const place = $ref ?? `${pointer}/headers/${escaped(name)}`;
      const value = headers.get(name);
      const { required } = z.looseObject({ required: z.boolean().default(false) }).parse(this.#at(place));
      if (value === null) {
        if (required) complaints.push(`has no header ${name}`);
      } else {
        const found = this.complaintsAboutValue(`${place}/schema`, value);
        complaints.push(...found.map((complaint) => `header ${name} ${complaint}`));
      }
    }
    return complaints;
  }

  #isNobodys({ method }: Asked, status: number, body: string | null): boolean {
    if (method === 'OPTIONS') return status === 204;
    const slug = NOBODYS.get(status);
    if (slug === undefined) return false;
    if (method === 'HEAD' || body === null) return true;
    return z.looseObject({ error: z.string() }).parse(JSON.parse(body)).error === slug;
  }

  /** What stands at a place of the document, `#/…`. */
  #at(pointer: string): unknown {
    return at(this.#document, pointer);
  }
}

/** The values of a body that its schema is about: of NDJSON, each line. */
function valuesOf(kind: string, body: string): unknown[] {
  if (kind === NDJSON) return body.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  return [/[/+]json$/.test(kind) ? JSON.parse(body) : body];
}

function operationsOf(document: object): Operation[] {
  const operations = Object.entries(documented.parse(document).paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, { responses }]) => ({
      name: `${method.toUpperCase()} ${template}`,
      method: method.toUpperCase(),
      template,
      pattern: patternOf(template),
      pointers: new Map(
        Object.entries(responses).map(([status, { $ref }]) => [
          status,
          $ref ?? `#/paths/${escaped(template)}/${method}/responses/${status}`,
        ]),
      ),
    })),
  );
  // What is spelled out comes before what a parameter could be.
  return operations.sort((one, other) => parametersIn(one.template) - parametersIn(other.template));
}

function parametersIn(template: string): number {
  return template.split('{').length;
}

/** A parameter may be empty, as the expansion of a template may be. */
function patternOf(template: string): RegExp {
  const literal = template.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]*');
  return new RegExp(`^${literal}/?$`, 'i');
}

/** A name as a part of a JSON pointer in a URI. */
export function escaped(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** What stands at a JSON pointer, `#/…`. */
export function at(document: unknown, pointer: string): unknown {
  return pointer
    .slice(2)
    .split('/')
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((within, name) => z.record(z.string(), z.unknown()).parse(within)[name], document);
}
