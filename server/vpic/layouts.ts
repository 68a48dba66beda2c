/**
 * How the results of each endpoint look in XML and CSV. Columns are in the order of recorded XML and CSV answers;
 * `columns` also gives an empty list its CSV header.
 */

import type { Layout } from './envelope.ts';

const makeColumns = ['Make_ID', 'Make_Name'];
const modelColumns = [...makeColumns, 'Model_ID', 'Model_Name'];
const typeColumns = ['VehicleTypeId', 'VehicleTypeName'];

export const decodedVariables: Layout = {
  element: 'DecodedVariable',
  columns: ['VariableId', 'Variable', 'ValueId', 'Value'],
};
/** The order of its many columns is JSON's: by name. */
export const decodedValues: Layout = { element: 'DecodedVINValues' };
export const wmi: Layout = {
  element: 'DecodedWMI',
  columns: [
    'CommonName',
    'CreatedOn',
    'DateAvailableToPublic',
    'Make',
    'ManufacturerName',
    'ParentCompanyName',
    'URL',
    'UpdatedOn',
    'VehicleType',
  ],
};
export const wmis: Layout = {
  element: 'WMIsForManufacturer',
  columns: ['WMI', 'Id', 'Name', 'Country', 'VehicleType', 'DateAvailableToPublic', 'CreatedOn', 'UpdatedOn'],
};
export const makes: Layout = { element: 'AllVehicleMakes', columns: makeColumns };
export const makesOfManufacturer: Layout = { element: 'MakesForMfg', columns: ['Mfr_Name', ...makeColumns] };
export const makesOfManufacturerAndYear: Layout = {
  element: 'MakesForMfgAndYear',
  columns: ['MakeId', 'MakeName', 'MfrId', 'MfrName'],
};
export const makesOfVehicleType: Layout = {
  element: 'MakesForVehicleType',
  columns: ['MakeId', 'MakeName', ...typeColumns],
};
export const modelsOfMake: Layout = { element: 'ModelsForMake', columns: modelColumns };
export const models: Layout = { element: 'MakeModels', columns: modelColumns };
export const modelsOfType: Layout = { element: 'MakeModels', columns: [...modelColumns, ...typeColumns] };
export const typesOfMake: Layout = {
  element: 'VehicleTypesForMake',
  columns: ['MakeId', 'MakeName', ...typeColumns],
};
export const typesOfMakeId: Layout = { element: 'VehicleTypesForMakeIds', columns: typeColumns };
export const manufacturers: Layout = {
  element: 'Manufacturers',
  columns: ['Mfr_ID', 'Mfr_Name', 'Mfr_CommonName', 'Country', 'VehicleTypes'],
};
export const manufacturerDetails: Layout = {
  element: 'ManufacturerDetails',
  columns: [
    'Mfr_ID',
    'Mfr_Name',
    'Mfr_CommonName',
    'Address',
    'Address2',
    'City',
    'StateProvince',
    'PostalCode',
    'Country',
    'LastUpdated',
    'OtherManufacturerDetails',
    'PrincipalFirstName',
    'PrincipalLastName',
    'PrincipalPosition',
    'ContactPhone',
    'ContactFax',
    'ContactEmail',
    'DBAs',
    'PrimaryProduct',
    'SubmittedName',
    'SubmittedPosition',
    'SubmittedOn',
    'EquipmentItems',
    'VehicleTypes',
    'ManufacturerTypes',
  ],
};
export const variables: Layout = {
  element: 'VehicleVariables',
  columns: ['ID', 'Name', 'GroupName', 'DataType', 'Description'],
};
export const variableValues: Layout = {
  element: 'VehicleVariableValues',
  columns: ['ElementName', 'Id', 'Name'],
};
