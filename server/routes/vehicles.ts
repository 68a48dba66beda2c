/** `/api/vehicles` and `/api/vehicles/:id`: the vehicles of the user whose token it is. */

import express, { type Response, type Router } from 'express';
import { z } from 'zod';
import type { Guard } from '../auth/guard.ts';
import type { Garage, WrittenVehicle } from '../garage/garage.ts';
import { newVehicleOf, vehicleOf } from '../garage/vehicle-body.ts';
import { STALE_WARNING } from '../http/answer.ts';
import { jsonBody } from '../http/body.ts';
import { serveMethods } from '../http/resource.ts';
import { Problem } from '../problem.ts';

/** Any segment that is not the name of a public resource: those are answered, or unknown, without a token. */
const VEHICLE = /^\/(?<id>(?!(?:decode|dropdown)\/?$)[^/]+)\/?$/i;

export const vehicleId = z.guid().meta({ description: "The vehicle's id." });

/** The routes of the users' vehicles. */
export function vehicleRoutes(garage: Garage, { check, principalOf }: Guard): Router {
  const router = express.Router();

  serveMethods(router, '/', {
    get: [
      check,
      async (req, res) => {
        const { body, cache } = await garage.list(principalOf(req).subject);
        res.set('X-Cache', cache);
        if (cache === 'STALE') res.set('Warning', STALE_WARNING);
        send(res, body);
      },
    ],
    post: [
      check,
      ...jsonBody,
      async (req, res) => {
        const vehicle = await garage.create(principalOf(req).subject, newVehicleOf(req.body));
        res.status(201).set('Location', `/api/vehicles/${idIn(vehicle.body)}`);
        sendWritten(res, vehicle);
      },
    ],
  });

  serveMethods(router, VEHICLE, {
    get: [
      check,
      async (req, res) => {
        send(res, await garage.find(principalOf(req).subject, idOf(req.params.id)));
      },
    ],
    put: [
      check,
      ...jsonBody,
      async (req, res) => {
        const id = idOf(req.params.id);
        sendWritten(res, await garage.change(principalOf(req).subject, id, vehicleOf(req.body)));
      },
    ],
    delete: [
      check,
      async (req, res) => {
        await garage.remove(principalOf(req).subject, idOf(req.params.id));
        res.status(204).set('Cache-Control', 'no-store').end();
      },
    ],
  });

  return router;
}

/** What is a user's own belongs into no cache on the way. */
function send(res: Response, body: string): void {
  res.set('Cache-Control', 'no-store').type('json').send(body);
}

/** A client may want to look again when make, model and year are still to come. */
function sendWritten(res: Response, { body, isRead }: WrittenVehicle): void {
  if (!isRead) res.set('X-Decode', 'pending');
  send(res, body);
}

/** The id of a vehicle; what cannot be one is one that nobody has. @throws Problem 404 */
function idOf(text: unknown): string {
  const parsed = vehicleId.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new Problem({
    status: 404,
    slug: 'not-found',
    title: 'Not found',
    detail: `you have no vehicle ${String(text).slice(0, 100)}`,
    extensions: { hint: 'The list of vehicles has the ids.' },
  });
}

function idIn(vehicle: string): string {
  return z.object({ id: vehicleId }).parse(JSON.parse(vehicle)).id;
}
