/** How the public vPIC API answers its lists: messages, criteria and columns of recorded answers, and a row of the data. */

const RESULTS = 'Results returned successfully';
const RESPONSE = 'Response returned successfully';

/** One list: how the public API answers it, and a row that the data has. */
export interface ExpectedList {
  path: string;
  message: string;
  criteria: string | null;
  /** In JSON's order, which is that of their names. */
  columns: string[];
  row: Record<string, unknown>;
  xml: string;
  csv: string;
}

const make = { Make_ID: 474, Make_Name: 'HONDA' };
const tesla = { Make_ID: 441, Make_Name: 'TESLA' };
const car = { VehicleTypeId: 2, VehicleTypeName: 'Passenger Car' };
const makeColumns = ['Make_ID', 'Make_Name'];
const modelColumns = [...makeColumns, 'Model_ID', 'Model_Name'];
const typeColumns = ['VehicleTypeId', 'VehicleTypeName'];

export const expectedLists: readonly ExpectedList[] = [
  {
    path: 'DecodeWMI/1ft',
    message: RESULTS,
    criteria: 'WMI:1ft',
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
    row: { CreatedOn: '2015-03-23', DateAvailableToPublic: '2015-01-01', Make: 'FORD', VehicleType: 'Truck' },
    xml: 'DecodedWMI',
    csv: 'commonname,createdon,dateavailabletopublic,make,manufacturername,parentcompanyname,url,updatedon,vehicletype',
  },
  {
    path: 'GetAllMakes',
    message: RESPONSE,
    criteria: null,
    columns: makeColumns,
    row: make,
    xml: 'AllVehicleMakes',
    csv: 'make_id,make_name',
  },
  {
    path: 'GetAllManufacturers?page=1',
    message: RESPONSE,
    criteria: null,
    columns: ['Country', 'Mfr_CommonName', 'Mfr_ID', 'Mfr_Name', 'VehicleTypes'],
    row: { Mfr_ID: 955, Mfr_Name: 'TESLA, INC.', Country: 'UNITED STATES (USA)' },
    xml: 'Manufacturers',
    csv: 'mfr_id,mfr_name,mfr_commonname,country,vehicletypes',
  },
  {
    path: 'GetManufacturerDetails/987',
    message: RESPONSE,
    criteria: null,
    columns: [
      ...['Address', 'Address2', 'City', 'ContactEmail', 'ContactFax', 'ContactPhone', 'Country', 'DBAs'],
      ...['EquipmentItems', 'LastUpdated', 'ManufacturerTypes', 'Mfr_CommonName', 'Mfr_ID', 'Mfr_Name'],
      ...['OtherManufacturerDetails', 'PostalCode', 'PrimaryProduct', 'PrincipalFirstName'],
      ...['PrincipalLastName', 'PrincipalPosition', 'StateProvince', 'SubmittedName', 'SubmittedOn'],
      ...['SubmittedPosition', 'VehicleTypes'],
    ],
    row: { Mfr_ID: 987, Country: 'JAPAN', EquipmentItems: [], ManufacturerTypes: [], Address: null },
    xml: 'ManufacturerDetails',
    csv: 'mfr_id,mfr_name,mfr_commonname,address,address2,city,stateprovince,postalcode,country,lastupdated,othermanufacturerdetails,principalfirstname,principallastname,principalposition,contactphone,contactfax,contactemail,dbas,primaryproduct,submittedname,submittedposition,submittedon,equipmentitems,vehicletypes,manufacturertypes',
  },
  {
    path: 'GetMakeForManufacturer/988',
    message: RESULTS,
    criteria: 'Manufacturer:988',
    columns: [...makeColumns, 'Mfr_Name'],
    row: make,
    xml: 'MakesForMfg',
    csv: 'mfr_name,make_id,make_name',
  },
  {
    path: 'GetMakesForManufacturerAndYear/honda?year=2021',
    message: RESPONSE,
    criteria: 'Manufacturer : honda, Year: 2021',
    columns: ['MakeId', 'MakeName', 'MfrId', 'MfrName'],
    row: { MakeId: 475, MakeName: 'ACURA', MfrId: 988 },
    xml: 'MakesForMfgAndYear',
    csv: 'makeid,makename,mfrid,mfrname',
  },
  {
    path: 'GetMakesForVehicleType/Car',
    message: RESPONSE,
    criteria: 'Vehicle Type: Car',
    columns: ['MakeId', 'MakeName', ...typeColumns],
    row: { MakeId: 440, MakeName: 'ASTON MARTIN', ...car },
    xml: 'MakesForVehicleType',
    csv: 'makeid,makename,vehicletypeid,vehicletypename',
  },
  {
    path: 'GetModelsForMake/honda',
    message: RESPONSE,
    criteria: 'Make:honda',
    columns: modelColumns,
    row: { ...make, Model_ID: 1861, Model_Name: 'Accord' },
    xml: 'ModelsForMake',
    csv: 'make_id,make_name,model_id,model_name',
  },
  {
    path: 'GetModelsForMakeId/441',
    message: RESPONSE,
    criteria: 'Make:441',
    columns: modelColumns,
    row: { ...tesla, Model_ID: 1685, Model_Name: 'Model S' },
    xml: 'ModelsForMake',
    csv: 'make_id,make_name,model_id,model_name',
  },
  {
    path: 'GetModelsForMakeYear/make/TESLA/modelyear/2020',
    message: RESULTS,
    criteria: 'Make:TESLA | ModelYear:2020',
    columns: modelColumns,
    row: { ...tesla, Model_ID: 17834, Model_Name: 'Model 3' },
    xml: 'MakeModels',
    csv: 'make_id,make_name,model_id,model_name',
  },
  {
    path: 'GetModelsForMakeYear/make/TESLA/modelyear/2020/vehicletype/Car',
    message: RESULTS,
    criteria: 'Make:tesla | ModelYear:2020 | VehicleType:car',
    columns: [...modelColumns, ...typeColumns],
    row: { ...tesla, Model_ID: 1685, Model_Name: 'Model S', ...car },
    xml: 'MakeModels',
    csv: 'make_id,make_name,model_id,model_name,vehicletypeid,vehicletypename',
  },
  {
    path: 'GetModelsForMakeYear/make/TESLA/vehicletype/Car',
    message: RESULTS,
    criteria: 'Make:TESLA | VehicleType:Car',
    columns: [...modelColumns, ...typeColumns],
    row: { ...tesla, Model_ID: 2071, Model_Name: 'Roadster', ...car },
    xml: 'MakeModels',
    csv: 'make_id,make_name,model_id,model_name,vehicletypeid,vehicletypename',
  },
  {
    path: 'GetModelsForMakeIdYear/makeId/441/modelyear/2021',
    message: RESULTS,
    criteria: 'Make ID:441 | ModelYear:2021',
    columns: modelColumns,
    row: { ...tesla, Model_ID: 17834 },
    xml: 'MakeModels',
    csv: 'make_id,make_name,model_id,model_name',
  },
  {
    path: 'GetModelsForMakeIdYear/makeId/441/modelyear/2021/vehicletype/2',
    message: RESULTS,
    criteria: 'Make ID:441 | ModelYear:2021 | VehicleType:2',
    columns: [...modelColumns, ...typeColumns],
    row: { ...tesla, Model_ID: 1685, ...car },
    xml: 'MakeModels',
    csv: 'make_id,make_name,model_id,model_name,vehicletypeid,vehicletypename',
  },
  {
    path: 'GetVehicleTypesForMake/kia',
    message: RESPONSE,
    criteria: 'Make: kia',
    columns: ['MakeId', 'MakeName', ...typeColumns],
    row: { MakeId: 499, MakeName: 'KIA', ...car },
    xml: 'VehicleTypesForMake',
    csv: 'makeid,makename,vehicletypeid,vehicletypename',
  },
  {
    path: 'GetVehicleTypesForMakeId/474',
    message: RESPONSE,
    criteria: 'Make ID: 474',
    columns: typeColumns,
    row: { VehicleTypeId: 1, VehicleTypeName: 'Motorcycle' },
    xml: 'VehicleTypesForMakeIds',
    csv: 'vehicletypeid,vehicletypename',
  },
  {
    path: 'GetVehicleVariableList',
    message: RESULTS,
    criteria: null,
    columns: ['DataType', 'Description', 'GroupName', 'ID', 'Name'],
    row: { DataType: 'lookup', GroupName: 'Exterior / Body', ID: 5, Name: 'Body Class' },
    xml: 'VehicleVariables',
    csv: 'id,name,groupname,datatype,description',
  },
  {
    path: 'GetVehicleVariableValuesList/Vehicle%20Type',
    message: RESULTS,
    criteria: 'Variable:Vehicle Type',
    columns: ['ElementName', 'Id', 'Name'],
    row: { ElementName: 'Vehicle Type', Id: 7, Name: 'Multipurpose Passenger Vehicle (MPV)' },
    xml: 'VehicleVariableValues',
    csv: 'elementname,id,name',
  },
  {
    path: 'GetWMIsForManufacturer/Honda',
    message: RESPONSE,
    criteria: 'Manufacturer: Honda',
    columns: [
      'Country',
      'CreatedOn',
      'DateAvailableToPublic',
      'Id',
      'Name',
      'UpdatedOn',
      'VehicleType',
      'WMI',
    ],
    row: {
      Country: 'UNITED STATES (USA)',
      CreatedOn: '2015-03-26',
      Id: 988,
      VehicleType: 'Passenger Car',
      WMI: '1HG',
    },
    xml: 'WMIsForManufacturer',
    csv: 'wmi,id,name,country,vehicletype,dateavailabletopublic,createdon,updatedon',
  },
];
