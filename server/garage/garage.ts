/** The users' vehicles: one function of schema `garage` a question, the user's list from the cache. */

import type { Logger } from 'pino';
import type { ServedList, UserLists } from '../cache/user-lists.ts';
import type { Queries } from '../database/queries.ts';
import type { Decoder } from '../decode/decoder.ts';
import { askAll, type Statement } from '../http/ask.ts';
import { type ReadVin, readVinOrPart } from './read-vin.ts';
import { columnsOf, type VehicleBody } from './vehicle-body.ts';

/** The main database, as role mvp_main_user. */
export interface MainQueries {
  /** For questions that only read: asked again when a connection breaks. */
  readonly reads: Queries;
  /** For all others, sent once: nobody knows whether a write whose answer was lost has happened. */
  readonly writes: Queries;
}

export interface GarageOptions {
  main: MainQueries;
  lists: UserLists;
  decoder: Decoder;
  logger: Pick<Logger, 'warn'>;
  /** Milliseconds for reading a VIN. */
  readPatienceMs?: number | undefined;
}

/** A vehicle after a write. */
export interface WrittenVehicle {
  /** JSON text. */
  readonly body: string;
  /** False while its VIN is still to be read. */
  readonly isRead: boolean;
}

const createVehicle = {
  name: 'create_vehicle',
  text: 'select garage.create_vehicle($1, $2, $3, $4)::text as body',
};
const listVehicles = { name: 'list_vehicles', text: 'select garage.list_vehicles($1)::text as body' };
const findVehicle = { name: 'find_vehicle', text: 'select garage.find_vehicle($1, $2)::text as body' };
const changeVehicle = {
  name: 'change_vehicle',
  text: 'select garage.change_vehicle($1, $2, $3, $4, $5, $6)::text as body',
};
const removeVehicle = { name: 'remove_vehicle', text: 'select garage.remove_vehicle($1, $2)::text as body' };

/** Nothing was read, and nothing is to be. */
const NOTHING_TO_READ: ReadVin = { readings: { make: null, model: null, year: null }, isRead: true };

/**
 * Every method acts for one user, the subject of a token.
 *
 * @throws Problem 404 for a vehicle that the user does not have, 409 for a VIN that the user has, 503 when the main database
 *   cannot answer
 */
export class Garage {
  readonly #main: MainQueries;
  readonly #lists: UserLists;
  readonly #decoder: Decoder;
  readonly #logger: Pick<Logger, 'warn'>;
  readonly #readPatienceMs: number | undefined;

  constructor({ main, lists, decoder, logger, readPatienceMs }: GarageOptions) {
    this.#readPatienceMs = readPatienceMs;
    this.#main = main;
    this.#lists = lists;
    this.#decoder = decoder;
    this.#logger = logger;
  }

  /** Adds a vehicle; where its VIN cannot be read now, with what is known. */
  async create(user: string, said: VehicleBody): Promise<WrittenVehicle> {
    const { readings, isRead } = await this.#read(said);
    const body = await this.#write(user, createVehicle, [
      JSON.stringify(columnsOf(said)),
      JSON.stringify(readings),
      String(isRead),
    ]);
    return { body, isRead };
  }

  /** The user's vehicles as a JSON array, the oldest first. */
  list(user: string): Promise<ServedList> {
    return this.#lists.list(user, () => this.#ask(this.#main.reads, listVehicles, [user]));
  }

  /** One vehicle as JSON. */
  find(user: string, id: string): Promise<string> {
    return this.#ask(this.#main.reads, findVehicle, [user, id]);
  }

  /** Changes what is named; another VIN is read anew. */
  async change(user: string, id: string, said: VehicleBody): Promise<WrittenVehicle> {
    const isOther = Boolean(said.vin) && said.vin !== vinIn(await this.find(user, id));
    const { readings, isRead } = isOther ? await this.#read(said) : NOTHING_TO_READ;
    const body = await this.#write(user, changeVehicle, [
      id,
      JSON.stringify(columnsOf(said)),
      isOther ? (said.vin ?? undefined) : undefined,
      JSON.stringify(readings),
      String(isRead),
    ]);
    return { body, isRead };
  }

  /** Makes a vehicle inactive. */
  async remove(user: string, id: string): Promise<void> {
    await this.#write(user, removeVehicle, [id]);
  }

  async #read({ vin, year }: VehicleBody): Promise<ReadVin> {
    if (!vin) return NOTHING_TO_READ;
    return readVinOrPart(this.#decoder, vin, year ?? null, this.#logger, this.#readPatienceMs);
  }

  async #ask(
    queries: Queries,
    statement: Statement,
    values: ReadonlyArray<string | undefined>,
  ): Promise<string> {
    const [row] = await askAll<{ body: string }>(queries, statement, values);
    if (row === undefined) throw new Error(`statement ${statement.name} gave no row`);
    return row.body;
  }

  /** Also after a failure: a write whose answer was lost may have happened. */
  async #write(
    user: string,
    statement: Statement,
    values: ReadonlyArray<string | undefined>,
  ): Promise<string> {
    try {
      return await this.#ask(this.#main.writes, statement, [user, ...values]);
    } finally {
      this.#lists.forget(user);
    }
  }
}

function vinIn(vehicle: string): unknown {
  const parsed: unknown = JSON.parse(vehicle);
  return typeof parsed === 'object' && parsed !== null && 'vin' in parsed ? parsed.vin : undefined;
}
