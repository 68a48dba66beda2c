import { z } from 'zod';

/** What one thing took, a number for each round; all rounds of a section are interleaved with those of its rivals. */
export const figureSchema = z.object({
  name: z.string(),
  /** `µs/VIN`, `1/s`, `VIN/s`, `ms`, `s`, `MB`. */
  unit: z.string(),
  rounds: z.array(z.number()),
});
export type Figure = z.output<typeof figureSchema>;

/** How one figure compares with another, and what was asked for. */
export const ratioSchema = z.object({
  name: z.string(),
  /** Null when one of the two was not measured. */
  value: z.number().nullable(),
  /** The two values with their units. */
  of: z.string(),
  required: z.object({ kind: z.enum(['at least', 'at most']), value: z.number() }).nullable(),
});
export type Ratio = z.output<typeof ratioSchema>;

export const tableSchema = z.object({
  title: z.string(),
  head: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});
export type Table = z.output<typeof tableSchema>;

/** What a section found. */
export const findingsSchema = z.object({
  ratios: z.array(ratioSchema),
  figures: z.array(figureSchema),
  tables: z.array(tableSchema),
  /** What a reader has to know about these figures, a sentence each. */
  notes: z.array(z.string()),
});
export type Findings = z.output<typeof findingsSchema>;

/** The machine and the programs that a section ran on. */
export const machineSchema = z.object({
  cpu: z.string(),
  cores: z.number(),
  memoryGb: z.number(),
  system: z.string(),
  postgres: z.string(),
  node: z.string(),
  dataVersion: z.string(),
  dataSource: z.string(),
});
export type Machine = z.output<typeof machineSchema>;

export const sectionResultSchema = findingsSchema.extend({
  title: z.string(),
  /** ISO 8601, when the section began. */
  measuredAt: z.string(),
  machine: machineSchema,
  /** Load average of the machine when the section began; near 0 on a machine that does nothing else. */
  loadBefore: z.number(),
  seconds: z.number(),
});
export type SectionResult = z.output<typeof sectionResultSchema>;

/** All that is known, by the letter of the section. */
export const resultsSchema = z.record(z.string(), sectionResultSchema);
export type Results = z.output<typeof resultsSchema>;
