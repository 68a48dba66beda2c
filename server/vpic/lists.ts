/**
 * The endpoints of the vPIC API that list what there is, as a table: how each is called, which function answers it, and
 * the words of the public API around the answer.
 *
 * Messages and search criteria are the public API's own, taken from recorded answers with their spaces and capitals;
 * docs/vpic-api.md says which of them, and which XML elements, no record shows.
 */

import type { Request } from 'express';
import { z } from 'zod';
import type { Statement } from '../http/ask.ts';
import { badRequest } from '../problem.ts';
import type { Layout } from './envelope.ts';
import * as layouts from './layouts.ts';
import { id, modelYear, name, optionalName, page, parametersOf } from './parameters.ts';

/** What a request asks of a list. */
export interface ListRequest {
  /** Parameters of the statement. */
  values: ReadonlyArray<string | number | undefined>;
  layout: Layout;
  /** Null where the public API repeats nothing. */
  searchCriteria?: string | null;
  /** Instead of the list's own message, for an answer that needs an explanation. */
  message?: string;
}

export interface List {
  readonly path: string;
  /** What it is asked with, beside `format`: in the path, those that it names; the others in the query. */
  readonly parameters: z.ZodObject<z.ZodRawShape, z.core.$strip>;
  readonly statement: Statement;
  readonly message: string;
  readonly read: (req: Request) => ListRequest;
}

/** Two ways to say it; nobody knows why. */
const RESULTS = 'Results returned successfully';
const RESPONSE = 'Response returned successfully';

/** One call of a function of schema `api`, counted in the same statement. */
function calling(call: string): Statement {
  return {
    name: call.slice(0, call.indexOf('(')),
    text: `select r::text as body, json_array_length(r) as count, api.data_version() as version from api.${call} as r`,
  };
}

/** A list whose parameters are the schema's. */
function list<Shape extends z.ZodRawShape>(
  path: string,
  call: string,
  message: string,
  schema: z.ZodObject<Shape, z.core.$strip>,
  ask: (parameters: z.output<typeof schema>) => ListRequest,
): List {
  return {
    path,
    parameters: schema,
    statement: calling(call),
    message,
    read: ({ query, params }) => ask(parametersOf(schema, query, params)),
  };
}

const nothing = z.object({});
const ofManufacturer = {
  description: "A manufacturer's id, or part of its name in any case.",
  param: { example: 'honda' },
};
const ofType = {
  description: "A vehicle type's id, or part of its name in any case.",
  param: { example: 'car' },
};
const make = z.object({
  make: name.meta({ description: "Part of a make's name, in any case.", param: { example: 'honda' } }),
});
const makeId = z.object({ makeid: id.meta({ description: 'Id of a make.', param: { example: 474 } }) });
const wmi = z.object({
  wmi: name.meta({
    description: 'World manufacturer identifier: three characters, or six of a small maker.',
    param: { example: '1HG' },
  }),
});
const variable = z.object({
  variable: name.meta({
    description: "A variable's id, or its whole name in any case.",
    param: { example: 'battery type' },
  }),
});
const manufacturertype = optionalName.meta({
  description: 'The published data tells no types: with it the list is empty, and the message says so.',
  param: { example: 'Intermediate' },
});
const manufacturer = z.object({ manufacturer: name.meta(ofManufacturer) });
const typed = { vehicletype: optionalName.meta(ofType) };

/** Where only the type is given, the public API repeats it as it was written; with a year as well, in lower case. */
function modelCriteria(head: string, year?: number, type?: string): string {
  if (year === undefined) return `${head} | VehicleType:${type}`;
  if (type === undefined) return `${head} | ModelYear:${year}`;
  return `${head.replace(/:.*/s, (owner) => owner.toLowerCase())} | ModelYear:${year} | VehicleType:${type.toLowerCase()}`;
}

const filters = z.object({ modelyear: modelYear.optional(), ...typed });

/** A year, a type or both. A blank type without a year is one that there is not. */
function filtersOf({ params }: Request): { year: number | undefined; type: string | undefined } {
  const { modelyear, vehicletype } = parametersOf(filters, params);
  return { year: modelyear, type: vehicletype ?? (modelyear === undefined ? '' : undefined) };
}

/** The ways to ask for models of a year, a type or both; `start` names the make, by what `owner` says. */
function modelLists(
  start: string,
  owner: z.ZodObject<z.ZodRawShape, z.core.$strip>,
  read: (req: Request) => { owner: readonly [string | undefined, number?]; head: string },
): List[] {
  const ends = [
    ['/modelyear/:modelyear{/vehicletype/:vehicletype}', filters],
    ['/vehicletype/:vehicletype', filters.pick({ vehicletype: true })],
  ] as const;
  return ends.map(([end, { shape }]) => ({
    path: `${start}${end}`,
    parameters: owner.extend(shape),
    statement: calling('vpic_models_of_year($1, $2, $3, $4)'),
    message: RESULTS,
    read: (req) => {
      const { owner, head } = read(req);
      const { year, type } = filtersOf(req);
      return {
        values: [owner[0], owner[1], year, type],
        searchCriteria: modelCriteria(head, year, type),
        layout: type === undefined ? layouts.models : layouts.modelsOfType,
      };
    },
  }));
}

export const lists: readonly List[] = [
  list('/DecodeWMI/:wmi', 'vpic_decode_wmi($1)', RESULTS, wmi, ({ wmi }) => ({
    values: [wmi],
    searchCriteria: `WMI:${wmi}`,
    layout: layouts.wmi,
  })),
  list('/GetAllMakes', 'vpic_makes()', RESPONSE, nothing, () => ({ values: [], layout: layouts.makes })),
  list(
    '/GetAllManufacturers',
    'vpic_manufacturers($1, $2)',
    RESPONSE,
    z.object({ manufacturertype, page }),
    ({ manufacturertype, page }) => ({
      values: [page, manufacturertype],
      layout: layouts.manufacturers,
      ...(manufacturertype !== undefined && {
        message: `${RESPONSE}. NOTE: The published vPIC database does not tell manufacturers' types; ask without ManufacturerType for all of them.`,
      }),
    }),
  ),
  list(
    '/GetManufacturerDetails/:manufacturer',
    'vpic_manufacturer_details($1)',
    RESPONSE,
    manufacturer,
    ({ manufacturer }) => ({ values: [manufacturer], layout: layouts.manufacturerDetails }),
  ),
  list(
    '/GetMakeForManufacturer/:manufacturer',
    'vpic_makes_of_manufacturer($1)',
    RESULTS,
    manufacturer,
    ({ manufacturer }) => ({
      values: [manufacturer],
      searchCriteria: `Manufacturer:${manufacturer}`,
      layout: layouts.makesOfManufacturer,
    }),
  ),
  list(
    '/GetMakesForManufacturerAndYear/:manufacturer',
    'vpic_makes_of_manufacturer_year($1, $2)',
    RESPONSE,
    manufacturer.extend({ year: modelYear }),
    ({ manufacturer, year }) => ({
      values: [manufacturer, year],
      searchCriteria: `Manufacturer : ${manufacturer}, Year: ${year}`,
      layout: layouts.makesOfManufacturerAndYear,
    }),
  ),
  list(
    '/GetMakesForVehicleType/:vehicletype',
    'vpic_makes_of_vehicle_type($1)',
    RESPONSE,
    z.object({ vehicletype: name.meta(ofType) }),
    ({ vehicletype }) => ({
      values: [vehicletype],
      searchCriteria: `Vehicle Type: ${vehicletype}`,
      layout: layouts.makesOfVehicleType,
    }),
  ),
  list('/GetModelsForMake/:make', 'vpic_models($1, $2)', RESPONSE, make, ({ make }) => ({
    values: [make, undefined],
    searchCriteria: `Make:${make}`,
    layout: layouts.modelsOfMake,
  })),
  list('/GetModelsForMakeId/:makeid', 'vpic_models($1, $2)', RESPONSE, makeId, ({ makeid }) => ({
    values: [undefined, makeid],
    searchCriteria: `Make:${makeid}`,
    layout: layouts.modelsOfMake,
  })),
  ...modelLists('/GetModelsForMakeYear/make/:make', make, ({ params }) => {
    const name = parametersOf(make, params).make;
    return { owner: [name], head: `Make:${name}` };
  }),
  ...modelLists('/GetModelsForMakeIdYear/makeId/:makeid', makeId, ({ params }) => {
    const { makeid } = parametersOf(makeId, params);
    return { owner: [undefined, makeid], head: `Make ID:${makeid}` };
  }),
  list('/GetVehicleTypesForMake/:make', 'vpic_vehicle_types($1, $2)', RESPONSE, make, ({ make }) => ({
    values: [make, undefined],
    searchCriteria: `Make: ${make}`,
    layout: layouts.typesOfMake,
  })),
  list('/GetVehicleTypesForMakeId/:makeid', 'vpic_vehicle_types($1, $2)', RESPONSE, makeId, ({ makeid }) => ({
    values: [undefined, makeid],
    searchCriteria: `Make ID: ${makeid}`,
    layout: layouts.typesOfMakeId,
  })),
  list('/GetVehicleVariableList', 'vpic_variables()', RESULTS, nothing, () => ({
    values: [],
    layout: layouts.variables,
  })),
  list(
    '/GetVehicleVariableValuesList/:variable',
    'vpic_variable_values($1)',
    RESULTS,
    variable,
    ({ variable }) => ({
      values: [variable],
      searchCriteria: `Variable:${variable}`,
      layout: layouts.variableValues,
    }),
  ),
  list(
    '/GetWMIsForManufacturer{/:manufacturer}',
    'vpic_wmis($1, $2)',
    RESPONSE,
    z.object({ manufacturer: optionalName.meta(ofManufacturer), ...typed }),
    ({ manufacturer, vehicletype }) => {
      if (manufacturer === undefined && vehicletype === undefined) {
        throw badRequest('a manufacturer in the path, a vehicleType or both are needed');
      }
      const criteria = [
        ...(manufacturer === undefined ? [] : [`Manufacturer: ${manufacturer}`]),
        ...(vehicletype === undefined ? [] : [`VehicleType: ${vehicletype}`]),
      ];
      return {
        values: [manufacturer, vehicletype],
        searchCriteria: criteria.join(' | '),
        layout: layouts.wmis,
      };
    },
  ),
];

/** What the published database does not hold, and the public API answers from others. */
export const unavailable: ReadonlyMap<string, string> = new Map([
  ['/GetParts', 'manufacturers’ submissions (49 CFR 565, 566)'],
  ['/GetEquipmentPlantCodes', 'equipment plant codes'],
  ['/GetCanadianVehicleSpecifications', 'Canadian vehicle specifications'],
]);
