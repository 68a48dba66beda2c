import { makeDump, type TableRows } from './dump-text.ts';

const T = '2024-01-01 00:00:00';

/** A whole vPIC database of a few rows: one maker, one schema, one model; every table that a rebuild requires. */
export const smallTables: readonly TableRows[] = [
  {
    name: 'bodystyle',
    columns: ['id', 'name'],
    rows: [
      [13, 'Sedan/Saloon'],
      [1, "Convertible\t'Cabriolet'"],
    ],
  },
  {
    name: 'conversion',
    columns: ['id', 'fromelementid', 'toelementid', 'formula'],
    rows: [[1, 13, 11, '#x# * 1000']],
  },
  {
    name: 'decodingoutput',
    columns: ['id', 'addedon', 'value'],
    rows: [
      [1, T, 'x'],
      [2, T, 'y'],
    ],
  },
  {
    name: 'element',
    columns: [
      'id',
      'name',
      'code',
      'lookuptable',
      'description',
      'isprivate',
      'groupname',
      'datatype',
      'decode',
      'weight',
    ],
    rows: [
      [5, 'Body Class', 'BodyClass', 'BodyStyle', '', false, 'Exterior / Body', 'lookup', 'Pattern', 99],
      [13, 'Displacement (L)', 'DisplacementL', null, '', false, 'Engine', 'decimal', 'Pattern', 98],
      [11, 'Displacement (CC)', 'DisplacementCC', null, '', false, 'Engine', 'decimal', 'Pattern', 98],
      [26, 'Make', 'Make', 'Make', '', false, 'General', 'lookup', 'Make', 100],
      [28, 'Model', 'Model', 'Model', '', false, 'General', 'lookup', 'Pattern', 100],
      [29, 'Model Year', 'ModelYear', null, '', false, 'General', 'int', 'ModelYear', 100],
      [39, 'Vehicle Type', 'VehicleType', 'VehicleType', '', false, 'General', 'lookup', 'VehType', 100],
    ],
  },
  { name: 'enginemodel', columns: ['id', 'name', 'description'], rows: [] },
  {
    name: 'enginemodelpattern',
    columns: ['id', 'enginemodelid', 'elementid', 'attributeid', 'createdon', 'updatedon'],
    rows: [],
  },
  { name: 'make', columns: ['id', 'name', 'createdon', 'updatedon'], rows: [[474, 'Honda', T, null]] },
  {
    name: 'make_model',
    columns: ['id', 'makeid', 'modelid', 'createdon', 'updatedon'],
    rows: [[1, 474, 1861, T, null]],
  },
  { name: 'manufacturer', columns: ['id', 'name'], rows: [[988, 'HONDA OF AMERICA MFG., INC.']] },
  { name: 'manufacturer_make', columns: ['id', 'manufacturerid', 'makeid'], rows: [[1, 988, 474]] },
  { name: 'model', columns: ['id', 'name', 'createdon', 'updatedon'], rows: [[1861, 'Accord', T, null]] },
  {
    name: 'pattern',
    columns: ['id', 'vinschemaid', 'keys', 'elementid', 'attributeid', 'createdon', 'updatedon'],
    rows: [
      [1, 1, 'CM[5-8]', 28, '1861', T, null],
      [2, 1, 'CM8', 5, '13', T, T],
      [3, 1, '***2*|*A', 13, '2.4', T, null],
    ],
  },
  {
    name: 'vehicletype',
    columns: ['id', 'name', 'displayorder', 'novelty'],
    rows: [[2, 'Passenger Car', 1, 'new']],
  },
  {
    name: 'vinschema',
    columns: ['id', 'name', 'sourcewmi', 'createdon', 'updatedon', 'tobeqced'],
    rows: [[1, 'Honda Schema', '1HG', T, T, false]],
  },
  {
    name: 'wmi',
    columns: [
      'id',
      'wmi',
      'manufacturerid',
      'makeid',
      'vehicletypeid',
      'publicavailabilitydate',
      'trucktypeid',
    ],
    rows: [[1, '1HG', 988, null, 2, '2015-01-01 00:00:00', null]],
  },
  { name: 'wmi_make', columns: ['wmiid', 'makeid'], rows: [[1, 474]] },
  {
    name: 'wmi_vinschema',
    columns: ['id', 'wmiid', 'vinschemaid', 'yearfrom', 'yearto', 'orgid'],
    rows: [[1, 1, 1, 2001, 2008, null]],
  },
];

/** The small database as a dump; `change` may drop (null) or alter tables. */
export function smallDump(change: (table: TableRows) => TableRows | null = (table) => table): string {
  return makeDump(smallTables.map(change).filter((table) => table !== null));
}
