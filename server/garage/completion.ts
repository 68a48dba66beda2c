/**
 * Reads the VINs of vehicles that were added while the vehicle data was away. Every server does: a claim is a vehicle's for one
 * server, for a minute (garage.claim_vehicles).
 */

import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Decoder } from '../decode/decoder.ts';
import { maskVins } from '../http/mask.ts';
import { Problem } from '../problem.ts';
import { type Readings, readVin } from './read-vin.ts';

export interface CompletionOptions {
  /** The main database, as role mvp_main_worker. */
  pool: pg.Pool;
  decoder: Decoder;
  logger: Pick<Logger, 'info' | 'warn'>;
  /** Milliseconds between two looks. */
  everyMs?: number;
}

interface Claimed {
  vehicle_id: string;
  vin: string;
  year: number | null;
}

const claimVehicles = { name: 'claim_vehicles', text: 'select * from garage.claim_vehicles($1)' };
const completeVehicles = {
  name: 'complete_vehicles',
  text: 'select garage.complete_vehicles($1, $2, $3, $4, $5) as count',
};
const releaseVehicles = { name: 'release_vehicles', text: 'select garage.release_vehicles($1) as count' };
const postponeVehicles = { name: 'postpone_vehicles', text: 'select garage.postpone_vehicles($1) as count' };

/** Decodes in milliseconds each: well within the minute that a claim lasts, also when the databases are slow. */
const BATCH = 50;

/** A look costs one probe of an index that is nearly always empty. */
const EVERY_MS = 10_000;

/** Works until it is closed. */
export class Completion {
  readonly #options: Required<CompletionOptions>;
  readonly #closing = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #isAway = false;

  constructor(options: CompletionOptions) {
    this.#options = { everyMs: EVERY_MS, ...options };
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Ends after the batch that is under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { everyMs, logger } = this.#options;
    const { signal } = this.#closing;
    while (!signal.aborted) {
      let isMore = false;
      try {
        isMore = await this.runOnce();
        this.#isAway = false;
      } catch (error) {
        if (!this.#isAway) logger.warn({ err: error }, 'vehicles cannot be completed; trying again');
        this.#isAway = true;
      }
      // Servers that start together should not look together for ever.
      const pause = everyMs * (0.75 + Math.random() / 2);
      if (!isMore) await sleep(pause, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Completes some. @returns whether there may be more that can be completed now */
  async runOnce(): Promise<boolean> {
    const { pool, decoder, logger } = this.#options;
    const { rows } = await pool.query<Claimed>({ ...claimVehicles, values: [BATCH] });
    const read: { row: Claimed; readings: Readings }[] = [];
    const failed: Claimed[] = [];
    let left: Claimed[] = [];
    for (const [index, row] of rows.entries()) {
      try {
        read.push({ row, readings: await readVin(decoder, row.vin, row.year) });
      } catch (error) {
        if (error instanceof Problem && error.status === 503) {
          // No fault of this VIN, and the next ones would fare no better.
          left = rows.slice(index);
          break;
        }
        const reason = error instanceof Error ? maskVins(error.message) : 'unknown';
        logger.warn({ vin: maskVins(row.vin), reason }, 'a VIN cannot be read; it is tried again later');
        failed.push(row);
      }
    }
    await this.#complete(read);
    await this.#give(postponeVehicles, failed);
    await this.#give(releaseVehicles, left);
    return rows.length === BATCH && left.length === 0;
  }

  async #complete(read: readonly { row: Claimed; readings: Readings }[]): Promise<void> {
    if (read.length === 0) return;
    const { pool, logger } = this.#options;
    const values = [
      read.map(({ row }) => row.vehicle_id),
      read.map(({ row }) => row.vin),
      read.map(({ readings }) => readings.make),
      read.map(({ readings }) => readings.model),
      read.map(({ readings }) => readings.year),
    ];
    const { rows } = await pool.query<{ count: number }>({ ...completeVehicles, values });
    logger.info({ vehicles: rows[0]?.count }, 'vehicles were completed');
  }

  async #give(statement: { name: string; text: string }, rows: readonly Claimed[]): Promise<void> {
    if (rows.length === 0) return;
    await this.#options.pool.query({ ...statement, values: [rows.map(({ vehicle_id }) => vehicle_id)] });
  }
}
