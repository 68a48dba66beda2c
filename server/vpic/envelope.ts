/** What every answer of the vPIC API is: an envelope around a list of objects. */

/** A value of a result; lists of objects stand within manufacturers only. */
export type Value = string | number | boolean | null | readonly Row[];

export interface Row {
  readonly [name: string]: Value;
}

/** An answer before it is rendered. `results` is the JSON text that the database made. */
export interface Envelope {
  count: number;
  message: string;
  /** What was asked for, as the client wrote it; null where the public API names nothing. */
  searchCriteria: string | null;
  results: string;
}

/** How the results look where the format is not JSON. */
export interface Layout {
  /** The XML element of one result. */
  element: string;
  /** Names in the order of XML and CSV, which is not JSON's; absent where it is the same. */
  columns?: readonly string[];
}

/** The results as objects. Their shape is the business of the function that made them. */
export function rowsOf({ results }: Envelope): readonly Row[] {
  return JSON.parse(results) as Row[];
}

/** The names of a result, in the order of XML and CSV. Without results, CSV still has its header. */
export function columnsOf(rows: readonly Row[], { columns }: Layout): readonly string[] {
  return columns ?? Object.keys(rows[0] ?? {});
}
