/**
 * Results of the vPIC API, by endpoint (docs/vpic-api.md). Names and types are the public API's; what the published data
 * does not hold is null or an empty text.
 */

import { z } from 'zod';

const makeId = z.int().meta({ examples: [474] });
const makeName = z.string().meta({ examples: ['HONDA'] });
const modelId = z.int().meta({ examples: [1861] });
const modelName = z.string().meta({ examples: ['Accord'] });
const typeId = z.int().meta({ examples: [2] });
const typeName = z.string().meta({ examples: ['Passenger Car'] });
const manufacturerId = z.int().meta({ examples: [988] });
const manufacturerName = z.string().meta({ examples: ['AMERICAN HONDA MOTOR CO., INC.'] });
const country = z
  .string()
  .nullable()
  .meta({ examples: ['UNITED STATES (USA)'] });
const date = z.iso.date().nullable();
const notPublished = z.null().meta({ description: 'Not published.' });
const notPublishedText = z.literal('').meta({ description: 'Not published.' });

const make = z.strictObject({ Make_ID: makeId, Make_Name: makeName }).meta({ id: 'VpicMake' });

const model = z
  .strictObject({ ...make.shape, Model_ID: modelId, Model_Name: modelName })
  .meta({ id: 'VpicModel' });

export const modelOfType = z
  .strictObject({ ...model.shape, VehicleTypeId: typeId, VehicleTypeName: typeName })
  .meta({ id: 'VpicModelOfType' });

const variable = z
  .strictObject({
    Value: z.string().nullable(),
    ValueId: z.string().nullable(),
    Variable: z.string().meta({ description: 'The name in the Element table.', examples: ['Make'] }),
    VariableId: z.int().meta({ examples: [26] }),
  })
  .meta({ id: 'VpicVariable', description: 'A row for each variable; several where it has several values.' });

const text = z.string().meta({ description: 'Empty when unknown.' });

const flat = z
  .object({
    VIN: text,
    Make: text,
    MakeID: text,
    Model: text,
    ModelID: text,
    ModelYear: text,
    Trim: text,
    Series: text,
    BodyClass: text,
    VehicleType: text,
    Manufacturer: text,
    ManufacturerId: text,
    PlantCountry: text,
    SuggestedVIN: text,
    ErrorCode: text.meta({ description: "NHTSA's codes, separated by commas; 0 when nothing is wrong." }),
    ErrorText: text,
  })
  .partial()
  .catchall(z.string())
  .meta({
    id: 'VpicValues',
    description:
      'A member for every public variable of the data, named by its code; an empty text when unknown. The common ones are listed.',
  });

const wmi = z
  .strictObject({
    CommonName: notPublishedText,
    CreatedOn: date,
    DateAvailableToPublic: date,
    Make: z.string().nullable(),
    ManufacturerName: z.string().nullable(),
    ParentCompanyName: notPublishedText,
    URL: notPublishedText,
    UpdatedOn: date,
    VehicleType: typeName.nullable(),
  })
  .meta({ id: 'VpicWmi' });

const wmiOfManufacturer = z
  .strictObject({
    Country: country,
    CreatedOn: date,
    DateAvailableToPublic: date,
    Id: manufacturerId,
    Name: manufacturerName,
    UpdatedOn: date,
    VehicleType: typeName.nullable(),
    WMI: z.string().meta({ examples: ['1HG'] }),
  })
  .meta({ id: 'VpicWmiOfManufacturer' });

const manufacturer = z
  .strictObject({
    Country: country,
    Mfr_CommonName: notPublished,
    Mfr_ID: manufacturerId,
    Mfr_Name: manufacturerName,
    VehicleTypes: z.array(z.strictObject({ IsPrimary: z.literal(false), Name: typeName })),
  })
  .meta({ id: 'VpicManufacturer' });

const manufacturerDetails = z
  .strictObject({
    Address: notPublished,
    Address2: notPublished,
    City: notPublished,
    ContactEmail: notPublished,
    ContactFax: notPublished,
    ContactPhone: notPublished,
    Country: country,
    DBAs: notPublished,
    EquipmentItems: z.array(z.never()),
    LastUpdated: notPublished,
    ManufacturerTypes: z.array(z.never()),
    Mfr_CommonName: notPublished,
    Mfr_ID: manufacturerId,
    Mfr_Name: manufacturerName,
    OtherManufacturerDetails: notPublished,
    PostalCode: notPublished,
    PrimaryProduct: notPublished,
    PrincipalFirstName: notPublished,
    PrincipalLastName: notPublished,
    PrincipalPosition: notPublished,
    StateProvince: notPublished,
    SubmittedName: notPublished,
    SubmittedOn: notPublished,
    SubmittedPosition: notPublished,
    VehicleTypes: z.array(
      z.strictObject({
        GVWRFrom: notPublished,
        GVWRTo: notPublished,
        IsPrimary: z.literal(false),
        Name: typeName,
      }),
    ),
  })
  .meta({ id: 'VpicManufacturerDetails' });

const makeOfManufacturer = z
  .strictObject({ ...make.shape, Mfr_Name: manufacturerName })
  .meta({ id: 'VpicMakeOfManufacturer' });

const makeOfManufacturerAndYear = z
  .strictObject({ MakeId: makeId, MakeName: makeName, MfrId: manufacturerId, MfrName: manufacturerName })
  .meta({ id: 'VpicMakeOfManufacturerAndYear' });

const vehicleType = z
  .strictObject({ VehicleTypeId: typeId, VehicleTypeName: typeName })
  .meta({ id: 'VpicVehicleType' });

const makeAndType = z
  .strictObject({ MakeId: makeId, MakeName: makeName, ...vehicleType.shape })
  .meta({ id: 'VpicMakeAndType' });

const element = z
  .strictObject({
    DataType: z
      .string()
      .nullable()
      .meta({ examples: ['lookup'] }),
    Description: z.string().nullable().meta({ description: "NHTSA's, in HTML." }),
    GroupName: z
      .string()
      .nullable()
      .meta({ examples: ['General'] }),
    ID: z.int().meta({ examples: [26] }),
    Name: z.string().meta({ examples: ['Make'] }),
  })
  .meta({ id: 'VpicElement' });

const elementValue = z
  .strictObject({
    ElementName: z.string().meta({ examples: ['Battery Type'] }),
    Id: z.int(),
    Name: z.string().meta({ examples: ['Lithium-Ion/Li-Ion'] }),
  })
  .meta({ id: 'VpicElementValue' });

/** By endpoint: what it is for, and what one of its results is. */
export const endpoints: Readonly<Record<string, readonly [summary: string, result: z.ZodType]>> = {
  DecodeVin: ['Decode a VIN to a row for each variable', variable],
  DecodeVinExtended: ["The same, NCSA's variables included", variable],
  DecodeVinValues: ['Decode a VIN to one object', flat],
  DecodeVinValuesExtended: ["The same, NCSA's variables included", flat],
  DecodeVinValuesBatch: ['Decode up to 50 VINs', flat],
  DecodeWMI: ['What a world manufacturer identifier stands for', wmi],
  GetAllMakes: ['Every make', make],
  GetAllManufacturers: ['Manufacturers, 100 a page', manufacturer],
  GetManufacturerDetails: ['A manufacturer', manufacturerDetails],
  GetMakeForManufacturer: ['Makes of a manufacturer', makeOfManufacturer],
  GetMakesForManufacturerAndYear: ['Makes of a manufacturer in a year', makeOfManufacturerAndYear],
  GetMakesForVehicleType: ['Makes of a vehicle type', makeAndType],
  GetModelsForMake: ['Models of a make', model],
  GetModelsForMakeId: ['Models of a make, by its id', model],
  GetModelsForMakeYear: ['Models of a make in a year, of a type, or both', model],
  GetModelsForMakeIdYear: ['Models of a make, by its id, in a year, of a type, or both', model],
  GetVehicleTypesForMake: ['Vehicle types of a make', makeAndType],
  GetVehicleTypesForMakeId: ['Vehicle types of a make, by its id', vehicleType],
  GetVehicleVariableList: ['Every variable', element],
  GetVehicleVariableValuesList: ['The values of a variable', elementValue],
  GetWMIsForManufacturer: ['World manufacturer identifiers of a manufacturer', wmiOfManufacturer],
};

/** What is around the results where the format is JSON. */
export function envelope(result: z.ZodType): z.ZodType {
  return z.strictObject({
    Count: z.int().min(0).meta({ description: 'Results; of flat decodes, variables.' }),
    Message: z.string(),
    SearchCriteria: z
      .string()
      .nullable()
      .meta({ description: 'What was asked for, as the client wrote it.' }),
    Results: z.array(result),
  });
}
