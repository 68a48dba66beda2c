/** Health, metrics, the state of the data, and this document. */

import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import * as headers from '../headers.ts';
import { always, json, unavailable } from '../responses.ts';
import {
  health,
  healthExample,
  live,
  metricsExample,
  platformStatus,
  ready,
  rebuilds,
  rebuildsExample,
  statusExample,
} from '../schemas/operations.ts';

const tags = ['Operations'];

export const operationPaths: ZodOpenApiPathsObject = {
  '/health': {
    get: {
      tags,
      operationId: 'health',
      summary: 'What the service depends on',
      description: 'A report, so 200 whatever it says; `/health/ready` is what decides.',
      responses: {
        200: {
          description: 'An entry for each dependency.',
          headers: headers.uncached,
          content: json(health, healthExample),
        },
        ...always,
      },
    },
  },
  '/health/live': {
    get: {
      tags,
      operationId: 'isLive',
      summary: 'Whether the process runs',
      responses: {
        200: { description: 'It does.', headers: headers.uncached, content: json(live, { status: 'live' }) },
        ...always,
      },
    },
  },
  '/health/ready': {
    get: {
      tags,
      operationId: 'isReady',
      summary: 'Whether the service can answer',
      description: 'A release of the data is published, and the database says so within 800 milliseconds.',
      responses: {
        200: {
          description: 'It can.',
          headers: headers.uncached,
          content: json(ready, { status: 'ready', dataVersion: '2026-03-12-r1' }),
        },
        503: unavailable,
        ...always,
      },
    },
  },
  '/metrics': {
    get: {
      tags,
      operationId: 'metrics',
      summary: 'Metrics for Prometheus',
      description: 'The data and its rebuilds, and the process. Names begin with `mvp_platform_`.',
      responses: {
        200: {
          description: "Prometheus' text format, version 0.0.4.",
          headers: headers.uncached,
          content: { 'text/plain': { schema: z.string(), example: metricsExample } },
        },
        ...always,
      },
    },
  },
  '/api/platform/status': {
    get: {
      tags,
      operationId: 'platformStatus',
      summary: 'The state of the data',
      description: 'Version, source, rows, age, the last and the next rebuild, the last error.',
      responses: {
        200: {
          description: 'The published release, and how its rebuilds go.',
          headers: headers.uncached,
          content: json(platformStatus, statusExample),
        },
        503: unavailable,
        ...always,
      },
    },
  },
  '/api/platform/rebuilds': {
    get: {
      tags,
      operationId: 'platformRebuilds',
      summary: 'The last rebuilds',
      description:
        'The last ten, newest first: how each ended, how long it took, what it loaded and what it changed.',
      responses: {
        200: {
          description: 'An empty array when there was none.',
          headers: headers.uncached,
          content: json(rebuilds, rebuildsExample),
        },
        503: unavailable,
        ...always,
      },
    },
  },
  '/api/openapi.json': {
    get: {
      tags,
      operationId: 'openApi',
      summary: 'This document',
      responses: {
        200: {
          description: 'OpenAPI 3.1.',
          headers: headers.deployed,
          content: { 'application/json': { schema: z.looseObject({ openapi: z.string() }) } },
        },
        304: { description: 'The client has it already.', headers: headers.deployed },
        ...always,
      },
    },
  },
};
