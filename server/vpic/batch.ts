/** The list of VINs that DecodeVinValuesBatch takes: `VIN[,year];VIN[,year];…`. */

import { badRequest } from '../problem.ts';
import { refuseUnreadable } from './parameters.ts';

/** As many as the public API takes. */
const MOST = 50;

export interface VinOfBatch {
  vin: string;
  modelYear: number | null;
}

/**
 * Entries without a VIN are left out: clients end their list with a semicolon.
 *
 * @throws Problem 400 for more than 50 VINs, a year that is none, or a text that cannot be decoded
 */
export function vinsOf(data: string): VinOfBatch[] {
  const vins = data.split(';').flatMap((entry) => {
    const [vin = '', year = '', ...rest] = entry.split(',').map((part) => part.trim());
    if (vin === '') return [];
    if (rest.length > 0 || !/^[0-9]{0,4}$/.test(year)) {
      throw badRequest(`"${entry.trim().slice(0, 100)}" is not a VIN, or a VIN, a comma and a model year`);
    }
    refuseUnreadable(vin);
    return [{ vin, modelYear: year === '' ? null : Number(year) }];
  });
  if (vins.length > MOST) throw badRequest(`${vins.length} VINs are given; a batch takes ${MOST}`);
  return vins;
}
