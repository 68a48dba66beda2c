/** What the service answers, as far as the page reads it (see /api/openapi.json for the whole). */

/** One value of a decode. */
export interface Statement {
  Variable: string;
  VariableId: number;
  Value: string;
  confidence: number | null;
}

/** The decode object. */
export interface Decoded {
  vin: string;
  valid: boolean;
  make: string | null;
  model: string | null;
  year: number | null;
  trim: string | null;
  series: string | null;
  bodyType: string | null;
  engineType: string | null;
  transmission: string | null;
  fuelType: string | null;
  driveType: string | null;
  manufacturer: string | null;
  vehicleType: string | null;
  plantCountry: string | null;
  confidence: number;
  fieldConfidence: Record<string, number>;
  checkDigit: { valid: boolean; expected: string | null; actual: string | null };
  errors: { code: number; text: string }[];
  suggestedVin: string | null;
  rawData: Statement[];
  dataVersion: string;
}

/** A position of the VIN. */
export interface Position {
  position: number;
  character: string;
  role: string;
  /** Probability that the character is not the vehicle's. */
  doubt: number | null;
  validCharacters: string | null;
  isKnown: boolean;
  /** Variables that rest on it. */
  decides: string[];
}

/** A value that matched as well and was not taken. */
export interface Rival {
  Value: string | null;
  keys: string;
  reason: string;
}

/** A value with everything behind it. */
export interface Element extends Statement {
  source: string;
  keys: string | null;
  positions: number[];
  schemaName: string | null;
  confidenceParts: {
    wrongManufacturer: number;
    wrongYear: number;
    wrongKeyCharacter: number;
    shareOfSameValue: number | null;
    isDisputed: boolean;
    isYearOpen: boolean;
  };
  rejected: Rival[];
}

/** The decode object with its explanation. */
export interface Explained extends Decoded {
  explanation: {
    year: { decoded: number | null; asked: number | null; candidates: number[]; reason: string };
    positions: Position[];
    elements: Element[];
  };
}

/** An entry of a dropdown. */
export interface Item {
  id: number;
  name: string;
}

/** `/api/platform/status`. */
export interface Status {
  dataVersion: string;
  source: string;
  sourceDetail: { name?: string; version?: string };
  builtAt: string;
  publishedAt: string;
  ageSeconds: number;
  lastGoodAt: string;
  lastGoodAgeSeconds: number;
  maxAgeSeconds: number | null;
  isStale: boolean;
  isOutdated: boolean;
  nextRunAt: string | null;
  schedule: string | null;
  timezone: string | null;
}

/** Names that a release added, removed or renamed; the first twenty of them. */
export interface NameChange {
  count: number;
  names: (string | { from: string; to: string })[];
}

/** What a release changed against the one before. */
export interface Changes {
  previousDataVersion: string | null;
  tables: Record<string, { rows: number; change: number | null }>;
  names: Record<string, Record<string, NameChange>>;
}

export type Phase = 'fetch' | 'load' | 'compile' | 'check';

/** A rebuild, of `/api/platform/rebuilds`. */
export interface Rebuild {
  runId: number;
  status: string;
  startedAt: string;
  finishedAt: string | null;
  seconds: number;
  source: { kind: string; name: string; version: string; bytes: number } | null;
  dataVersion: string | null;
  isCurrent: boolean;
  step: string | null;
  reason: string | null;
  rows: number | null;
  phases: Partial<Record<Phase, number>>;
  changes: Changes | null;
}
