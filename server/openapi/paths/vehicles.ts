/** `/api/vehicles` and `/api/vehicles/{id}`: the vehicles of the user whose token it is. */

import { z } from 'zod';
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { vehicleId } from '../../routes/vehicles.ts';
import * as headers from '../headers.ts';
import * as problems from '../problems.ts';
import {
  always,
  json,
  notFound,
  refusal,
  refused,
  tooLarge,
  unauthorized,
  unavailable,
  unsupportedMediaType,
} from '../responses.ts';
import { changes, newVehicle, vehicle, vehicleExample } from '../schemas/vehicle.ts';

const common = { tags: ['Vehicles'], security: [{ bearer: [] }] };

const requestParams = {
  path: z.object({ id: vehicleId.meta({ param: { example: vehicleExample.id } }) }),
};

const conflict = refusal('The user has another vehicle with this VIN.', [problems.conflict]);

const invalidVehicle = refused(problems.invalidVehicle, problems.invalidVin, problems.badRequest);

/** An address that is no UTF-8; an id that is none is nobody's, and so a 404. */
const unreadableAddress = refused(problems.badRequest);

/** What a body may come to. */
const unreadable = { 413: tooLarge, 415: unsupportedMediaType };

export const vehiclePaths: ZodOpenApiPathsObject = {
  '/api/vehicles': {
    get: {
      ...common,
      operationId: 'listVehicles',
      summary: "The user's vehicles",
      description: 'The oldest first. Kept for five minutes, and until one of them changes.',
      responses: {
        200: {
          description: 'All that are active.',
          headers: headers.list,
          content: json(z.array(vehicle), [vehicleExample]),
        },
        401: unauthorized,
        503: unavailable,
        ...always,
      },
    },
    post: {
      ...common,
      operationId: 'createVehicle',
      summary: 'Add a vehicle',
      description: 'Make, model and year are read from the VIN; where it says nothing, the body counts.',
      requestBody: {
        required: true,
        content: json(newVehicle, { vin: '1hgcm82633a004352', nickname: 'Blue', odometerReading: 120_000 }),
      },
      responses: {
        201: { description: 'Added.', headers: headers.created, content: json(vehicle, vehicleExample) },
        400: invalidVehicle,
        401: unauthorized,
        409: conflict,
        ...unreadable,
        503: unavailable,
        ...always,
      },
    },
  },
  '/api/vehicles/{id}': {
    get: {
      ...common,
      operationId: 'findVehicle',
      summary: 'One vehicle',
      requestParams,
      responses: {
        200: {
          description: 'The vehicle.',
          headers: headers.uncached,
          content: json(vehicle, vehicleExample),
        },
        400: unreadableAddress,
        401: unauthorized,
        404: notFound,
        503: unavailable,
        ...always,
      },
    },
    put: {
      ...common,
      operationId: 'changeVehicle',
      summary: 'Change a vehicle',
      description: 'Members that are absent stay, null clears. Another VIN is read anew.',
      requestParams,
      requestBody: { required: true, content: json(changes, { nickname: 'Red', color: null }) },
      responses: {
        200: {
          description: 'The vehicle now.',
          headers: headers.written,
          content: json(vehicle, vehicleExample),
        },
        400: invalidVehicle,
        401: unauthorized,
        404: notFound,
        409: conflict,
        ...unreadable,
        503: unavailable,
        ...always,
      },
    },
    delete: {
      ...common,
      operationId: 'removeVehicle',
      summary: 'Delete a vehicle',
      description: 'Its row stays, inactive, and its VIN may come back.',
      requestParams,
      responses: {
        204: { description: 'Deleted.', headers: headers.uncached },
        400: unreadableAddress,
        401: unauthorized,
        404: notFound,
        503: unavailable,
        ...always,
      },
    },
  },
};
