/** Figures and names as people read them. */

import type { Decoded, Explained, Statement } from './answers.ts';

const integers = new Intl.NumberFormat('en');
/** The day before the month and 24 hours: read the same way everywhere. */
const moments = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** 204141 as "204,141". */
export const count = (value: number): string => integers.format(value);

/** A noun with its number: "1 rival", "3 rivals". */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** Day and time of an ISO moment, in the reader's time zone. */
export const moment = (iso: string): string => moments.format(new Date(iso));

/** A probability. Rounded down near 1, since "100 %" would claim what nobody can know. */
export function percent(probability: number): string {
  if (probability >= 0.99) return `${Math.min(99.9, Math.floor(probability * 1000) / 10).toFixed(1)} %`;
  if (probability > 0 && probability < 0.01) {
    return probability < 0.001 ? 'under 0.1 %' : `${(probability * 100).toFixed(1)} %`;
  }
  return `${Math.round(probability * 100)} %`;
}

export type Level = 'high' | 'middle' | 'low';

/** From which probability a value needs no second look, and below which it is little more than a guess. */
export function levelOf(probability: number): Level {
  if (probability >= 0.95) return 'high';
  return probability >= 0.75 ? 'middle' : 'low';
}

/** A probability in words. */
export function sureness(probability: number): string {
  if (probability >= 0.99) return 'all but certain';
  if (probability >= 0.95) return 'very likely';
  if (probability >= 0.75) return 'likely';
  return probability >= 0.5 ? 'uncertain' : 'doubtful';
}

/** Seconds as "3 min 7 s". */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Seconds as a rough age: "4 days". */
export function age(seconds: number): string {
  for (const [unit, size] of [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const) {
    const units = Math.floor(seconds / size);
    if (units > 0) return counted(units, unit);
  }
  return 'less than a minute';
}

const SMALL = new Set(['AND', 'OF', 'THE', 'DE', 'FOR']);
const SHORT = new Set(['CO', 'INC', 'LTD', 'CAR', 'BUS', 'NEW', 'MPV']);

/** vPIC writes names in capitals; those of up to three letters are mostly initials (BMW, GMC) and stay. */
export function nameCase(text: string): string {
  return text.replace(/[\p{L}']+/gu, (word) => {
    if (word !== word.toUpperCase()) return word;
    if (SMALL.has(word)) return word.toLowerCase();
    if (word.length <= 3 && !SHORT.has(word)) return word;
    return word.charAt(0) + word.slice(1).toLowerCase();
  });
}

/** The vehicle's name: "2003 Honda Accord EX-V6"; null when nothing of it is known. */
export function nameOf({ year, make, model, trim, series }: Decoded): string | null {
  if (make === null && model === null) return null;
  return [year, make && nameCase(make), model, trim ?? series].filter((part) => part !== null).join(' ');
}

/** What the vehicle is, how it is driven, where it was made: a sentence each, as far as known. */
export function sentencesOf(decoded: Explained): string[] {
  const value = (id: number): string | null =>
    decoded.explanation.elements.find(({ VariableId }) => VariableId === id)?.Value ?? null;
  const doors = value(DOORS);
  const kind = decoded.vehicleType && lower(decoded.vehicleType);
  const body = decoded.bodyType?.replace(/ *\(.*\)/, '');
  const what = [body, doors && `${doors} doors`].filter(Boolean).join(', ');
  const engine = [decoded.fuelType, decoded.engineType]
    .filter((part, at, all) => part !== null && all.indexOf(part) === at)
    .join(', ');
  const drive = [decoded.transmission, decoded.driveType].filter((part) => part !== null).join(', ');
  const place = [value(PLANT_CITY), value(PLANT_STATE), decoded.plantCountry]
    .filter((part) => part !== null)
    .map((part) => nameCase(part).replace(/ *\(.*\)/, ''))
    .join(', ');
  return [
    what !== '' && kind && kind !== what.toLowerCase()
      ? `${what} (${kind})`
      : (kind && capital(kind)) || what,
    engine && `Engine: ${engine}`,
    drive && `Driven by ${drive}`,
    decoded.manufacturer && `Made by ${nameCase(decoded.manufacturer)}${place && ` in ${place}`}`,
  ]
    .filter((part): part is string => typeof part === 'string' && part !== '')
    .map((part) => (part.endsWith('.') ? part : `${part}.`));
}

/** Values that are names, which vPIC writes in capitals: make, manufacturer, plant, type. */
const NAMES: ReadonlySet<number> = new Set([26, 27, 31, 39, 75, 77]);

/** The value of a statement as people read it. */
export const readable = ({ VariableId, Value }: Statement): string =>
  NAMES.has(VariableId) ? nameCase(Value) : shown(Value);

/** A value as it is read: vPIC's figures have up to sixteen decimals. */
export function shown(value: string): string {
  if (/^-?\d+\.\d{3,}$/.test(value)) return String(Number(Number(value).toFixed(2)));
  return /^-?\d+\.0+$/.test(value) ? String(Number(value)) : value;
}

const DOORS = 14;
const PLANT_CITY = 31;
const PLANT_STATE = 77;

const lower = (text: string): string => text.toLowerCase().replace('(mpv)', '(MPV)');
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
