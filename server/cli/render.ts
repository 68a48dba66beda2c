/** Fields of a decode (CONTRACT section 3) in the order people look for them. */
const fields: readonly [key: string, label: string][] = [
  ['make', 'Make'],
  ['model', 'Model'],
  ['year', 'Model year'],
  ['trim', 'Trim'],
  ['series', 'Series'],
  ['bodyType', 'Body'],
  ['engineType', 'Engine'],
  ['transmission', 'Transmission'],
  ['fuelType', 'Fuel'],
  ['driveType', 'Drive'],
  ['manufacturer', 'Manufacturer'],
  ['vehicleType', 'Vehicle type'],
  ['plantCountry', 'Plant country'],
];

export type Row = [label: string, value: string, confidence: string];

/** A decode as a table for people: what was found and how sure it is, then what is wrong with the VIN. */
export function renderDecode(decoded: Record<string, unknown>): string {
  const sure = isRecord(decoded.fieldConfidence) ? decoded.fieldConfidence : {};
  const rows: Row[] = [['VIN', String(decoded.vin ?? ''), percent(decoded.confidence)]];
  for (const [key, label] of fields) {
    const value = decoded[key];
    if (value !== null && value !== undefined) rows.push([label, String(value), percent(sure[key])]);
  }
  return `${[...table(rows), ...remarks(decoded)].join('\n')}\n`;
}

function remarks(decoded: Record<string, unknown>): string[] {
  const lines: string[] = [];
  for (const error of Array.isArray(decoded.errors) ? decoded.errors : []) {
    if (isRecord(error) && error.code !== 0) lines.push(`! ${error.text} (${error.code})`);
  }
  const { checkDigit, suggestedVin, dataVersion } = decoded;
  if (isRecord(checkDigit) && checkDigit.valid === false) {
    lines.push(`! check digit: ${checkDigit.actual} is given, ${checkDigit.expected} would fit`);
  }
  if (typeof suggestedVin === 'string' && suggestedVin !== '') lines.push(`? ${suggestedVin} is suggested`);
  if (typeof dataVersion === 'string') lines.push(`data version ${dataVersion}`);
  return lines.length === 0 ? [] : ['', ...lines];
}

/** Columns of equal width, numbers to the right. */
export function table(rows: Row[]): string[] {
  const width = (column: 0 | 1 | 2): number => Math.max(...rows.map((row) => [...row[column]].length));
  const [labels, values, numbers] = [width(0), width(1), width(2)];
  return rows.map(([label, value, confidence]) => {
    const gap = ' '.repeat(values - [...value].length);
    return `${label.padEnd(labels)}  ${value}${gap}  ${confidence.padStart(numbers)}`.trimEnd();
  });
}

export function percent(value: unknown): string {
  return typeof value === 'number' ? `${(value * 100).toFixed(0)} %` : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
