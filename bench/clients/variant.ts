/** One kind of request that the clients send, over and over. */
export interface Variant {
  name: string;
  /** The statement, a file below bench/ with `:vin` where the VIN goes. */
  file: string;
  /** Which VINs of bench.batch. */
  kind: string;
  /** How many batches of that kind there are. */
  batches: number;
}

/** Clients at work at once, one for each core of a small server. */
export const connections = 2;

/** VINs that a client takes from bench.batch at once: that costs one more statement in fifty. */
export const batchSize = 50;

/** A program that sends requests: statements a second of all clients together. */
export type Clients = (variant: Variant, seconds: number) => Promise<number>;
