/*
 * What NHTSA's database of September 2026 looks like from the outside: its tables, their columns in COPY order and
 * how many rows the large ones have. The bundled snapshot has the same schemas with fewer patterns and variables.
 */

/** Rows of the full release that the generator grows to; the other tables are as the snapshot has them, or small. */
export const FULL_ROWS = {
  make: 12_361,
  make_model: 32_009,
  manufacturer: 23_003,
  manufacturer_make: 13_051,
  model: 32_009,
  pattern: 1_678_690,
  vehiclespecpattern: 226_001,
  vehiclespecschema: 6_656,
  vehiclespecschema_model: 7_550,
  vehiclespecschema_year: 12_882,
  vinexception: 18_805,
  vinschema: 25_229,
  vspecschemapattern: 17_149,
  wmi: 13_001,
  wmi_make: 14_172,
  wmi_vinschema: 41_774,
  wmiyearvalidchars: 8_808_281,
} as const;

/** Of the patterns that the snapshot lacks: how many look past the year, and how many take their value from the VIN. */
export const ADDED_WITH_BAR = 27_742;
export const ADDED_FORMULAS = 17_681;

const LOOKUP = ['id', 'name'];

/** Two-column lookups with the rows that NHTSA has in them. */
const LOOKUP_ROWS: Readonly<Record<string, number>> = {
  abs: 3,
  adaptivecruisecontrol: 3,
  adaptivedrivingbeam: 3,
  airbaglocations: 6,
  airbaglocfront: 2,
  airbaglocknee: 3,
  autobrake: 3,
  automaticpedestrainalertingsound: 3,
  autoreversesystem: 3,
  axleconfiguration: 5,
  batterytype: 9,
  bedtype: 4,
  blindspotintervention: 3,
  blindspotmonitoring: 3,
  bodycab: 12,
  bodystyle: 71,
  brakesystem: 5,
  busfloorconfigtype: 4,
  bustype: 7,
  can_aacn: 3,
  chargerlevel: 3,
  combinedbrakingsystem: 3,
  coolingtype: 2,
  custommotorcycletype: 21,
  daytimerunninglight: 3,
  destinationmarket: 35,
  drivetype: 23,
  dynamicbrakesupport: 3,
  ecs: 3,
  edr: 3,
  electrificationlevel: 6,
  engineconfiguration: 5,
  entertainmentsystem: 2,
  evdriveunit: 4,
  forwardcollisionwarning: 3,
  fueldeliverytype: 9,
  fueltankmaterial: 6,
  fueltanktype: 4,
  fueltype: 14,
  keylessignition: 3,
  lanecenteringassistance: 3,
  lanedeparturewarning: 3,
  lanekeepsystem: 3,
  lowerbeamheadlamplightsource: 16,
  motorcyclechassistype: 4,
  motorcyclesuspensiontype: 4,
  nonlanduse: 3,
  parkassist: 3,
  pedestrianautomaticemergencybraking: 3,
  pretensioner: 2,
  rearautomaticemergencybraking: 3,
  rearcrosstrafficalert: 3,
  rearvisibilitycamera: 3,
  seatbeltsall: 3,
  semiautomaticheadlampbeamswitching: 3,
  steering: 2,
  tpms: 2,
  tractioncontrol: 3,
  trailerbodytype: 29,
  trailertype: 9,
  transmission: 12,
  turbo: 2,
  valvetraindesign: 4,
  wheelbasetype: 6,
  wheeliemitigation: 3,
};

const OTHER_TABLES: Readonly<Record<string, readonly string[]>> = {
  conversion: ['id', 'fromelementid', 'toelementid', 'formula'],
  country: ['id', 'name', 'displayorder'],
  decodingoutput: [
    ...['id', 'addedon', 'groupname', 'variable', 'value', 'keys', 'wmiid', 'patternid', 'vinschemaid'],
    ...['elementid', 'attributeid', 'createdon', 'code', 'datatype', 'decode', 'source'],
  ],
  defaultvalue: ['id', 'elementid', 'vehicletypeid', 'defaultvalue', 'createdon', 'updatedon'],
  defs_body: ['id', 'def', 'body_type', 'from_year', 'to_year', 'mode'],
  defs_make: ['id', 'def', 'ncic_code', 'make_type', 'from_year', 'to_year', 'mode'],
  defs_model: ['make', 'id', 'def', 'model_type', 'includes', 'from_year', 'to_year', 'mode'],
  element: [
    ...['id', 'name', 'code', 'lookuptable', 'description', 'isprivate', 'groupname', 'datatype'],
    ...['minallowedvalue', 'maxallowedvalue', 'isqs', 'decode', 'weight'],
  ],
  enginemodel: ['id', 'name', 'description'],
  enginemodelpattern: ['id', 'enginemodelid', 'elementid', 'attributeid', 'createdon', 'updatedon'],
  errorcode: ['id', 'name', 'additionalerrortext', 'weight'],
  grossvehicleweightrating: ['id', 'name', 'sortorder', 'minrangeweight', 'maxrangeweight'],
  make: ['id', 'name', 'createdon', 'updatedon'],
  make_model: ['id', 'makeid', 'modelid', 'createdon', 'updatedon'],
  manufacturer: LOOKUP,
  manufacturer_make: ['id', 'manufacturerid', 'makeid'],
  model: ['id', 'name', 'createdon', 'updatedon'],
  pattern: ['id', 'vinschemaid', 'keys', 'elementid', 'attributeid', 'createdon', 'updatedon'],
  vehiclespecpattern: [
    ...['id', 'vspecschemapatternid', 'iskey', 'elementid', 'attributeid', 'createdon', 'updatedon'],
  ],
  vehiclespecschema: ['id', 'makeid', 'createdon', 'updatedon', 'vehicletypeid', 'sourcedate', 'tobeqced'],
  vehiclespecschema_model: ['id', 'vehiclespecschemaid', 'modelid'],
  vehiclespecschema_year: ['id', 'vehiclespecschemaid', 'year'],
  vehicletype: ['id', 'name', 'displayorder', 'formtype', 'description', 'includeinequipplant'],
  vindescriptor: ['id', 'descriptor', 'modelyear', 'createdon', 'updatedon'],
  vinexception: ['id', 'vin', 'checkdigit', 'createdon', 'updatedon'],
  vinschema: ['id', 'name', 'sourcewmi', 'createdon', 'updatedon', 'tobeqced'],
  vspecschemapattern: ['id', 'schemaid'],
  wmi: [
    ...['id', 'wmi', 'manufacturerid', 'makeid', 'vehicletypeid', 'createdon', 'updatedon', 'countryid'],
    ...['publicavailabilitydate', 'trucktypeid', 'processedon', 'noncompliant', 'noncompliantsetbyovsc'],
  ],
  wmi_make: ['wmiid', 'makeid'],
  wmi_vinschema: ['id', 'wmiid', 'vinschemaid', 'yearfrom', 'yearto', 'orgid'],
  wmiyearvalidchars: ['id', 'wmi', 'year', '"position"', '"char"'],
  wmiyearvalidchars_cacheexceptions: ['"WMI"', '"CreatedOn"', '"Id"'],
};

/** A table of the dump: its columns, spelled as pg_dump spells them. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
  /** Rows of a lookup that the snapshot may lack; null for the other tables. */
  readonly lookupRows: number | null;
}

/** All tables in the order of their names, as pg_dump writes them. */
export const TABLES: readonly TableShape[] = [
  ...Object.entries(LOOKUP_ROWS).map(([name, lookupRows]) => ({ name, columns: LOOKUP, lookupRows })),
  ...Object.entries(OTHER_TABLES).map(([name, columns]) => ({ name, columns, lookupRows: null })),
].sort((a, b) => (a.name < b.name ? -1 : 1));
