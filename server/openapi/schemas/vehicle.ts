/** A user's vehicle. */

import { z } from 'zod';
import { vehicleBody } from '../../garage/vehicle-body.ts';
import { metaOf } from '../parameters.ts';

const { vin, make, model, year, nickname, color, licensePlate, odometerReading } = vehicleBody.shape;

/** What a member is called in an answer: the same as in a body, and never left out. */
function shown(member: z.ZodType, schema: z.ZodType): z.ZodType {
  const { description, examples } = metaOf(member);
  return schema.nullable().meta({ ...(description && { description }), ...(examples && { examples }) });
}

export const vehicle = z
  .strictObject({
    id: z.guid().meta({ description: 'Given by the service.' }),
    userId: z.string().meta({ description: "The token's `sub`.", examples: ['auth0|bob'] }),
    vin: shown(vin, z.string()),
    make: shown(make, z.string()),
    model: shown(model, z.string()),
    year: shown(year, z.int()),
    nickname: shown(nickname, z.string()),
    color: shown(color, z.string()),
    licensePlate: shown(licensePlate, z.string()),
    odometerReading: shown(odometerReading, z.int().min(0)),
    isActive: z.boolean().meta({ description: 'True until it is deleted.' }),
    createdAt: z.iso.datetime().meta({ description: 'ISO 8601, UTC.' }),
    updatedAt: z.iso.datetime().meta({ description: 'ISO 8601, UTC.' }),
  })
  .meta({ id: 'Vehicle' });

/** The body of POST: it must say what the vehicle is. */
export const newVehicle = vehicleBody.meta({
  id: 'NewVehicle',
  description: 'A VIN, or make, model and year; the rest as the user likes.',
  override: { anyOf: [{ required: ['vin'] }, { required: ['make', 'model', 'year'] }] },
});

/** The body of PUT. */
export const changes = vehicleBody.meta({
  id: 'VehicleChanges',
  description: 'What is to change: members that are absent stay, null clears.',
});

export const vehicleExample = {
  id: '0006ef15-777e-4906-9a86-cf0bef21bb33',
  userId: 'auth0|bob',
  vin: '1HGCM82633A004352',
  make: 'HONDA',
  model: 'Accord',
  year: 2003,
  nickname: 'Blue',
  color: null,
  licensePlate: null,
  odometerReading: 120_000,
  isActive: true,
  createdAt: '2026-11-23T01:19:17.751Z',
  updatedAt: '2026-11-23T01:19:17.751Z',
};
