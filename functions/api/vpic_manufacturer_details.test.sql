-- needs: fixture
begin;
select plan(5);

select is(
    api.vpic_manufacturer_details('söhne')::jsonb,
    $$ [{"Address": null, "Address2": null, "City": null, "ContactEmail": null, "ContactFax": null, "ContactPhone": null, "Country": null, "DBAs": null, "LastUpdated": null, "Mfr_CommonName": null, "OtherManufacturerDetails": null, "PostalCode": null, "PrimaryProduct": null, "PrincipalFirstName": null, "PrincipalLastName": null, "PrincipalPosition": null, "StateProvince": null, "SubmittedName": null, "SubmittedOn": null, "SubmittedPosition": null, "EquipmentItems": [], "ManufacturerTypes": [], "Mfr_ID": 2, "Mfr_Name": "STRAßE & SÖHNE", "VehicleTypes": [{"GVWRFrom": null, "GVWRTo": null, "IsPrimary": false, "Name": "Motorcycle"}, {"GVWRFrom": null, "GVWRTo": null, "IsPrimary": false, "Name": "Trailer"}]}] $$::jsonb,
    'by part of the name: what is known, and null for the rest'
);
select is(
    api.vpic_manufacturer_details('2')::jsonb,
    $$ [{"Address": null, "Address2": null, "City": null, "ContactEmail": null, "ContactFax": null, "ContactPhone": null, "Country": null, "DBAs": null, "LastUpdated": null, "Mfr_CommonName": null, "OtherManufacturerDetails": null, "PostalCode": null, "PrimaryProduct": null, "PrincipalFirstName": null, "PrincipalLastName": null, "PrincipalPosition": null, "StateProvince": null, "SubmittedName": null, "SubmittedOn": null, "SubmittedPosition": null, "EquipmentItems": [], "ManufacturerTypes": [], "Mfr_ID": 2, "Mfr_Name": "STRAßE & SÖHNE", "VehicleTypes": [{"GVWRFrom": null, "GVWRTo": null, "IsPrimary": false, "Name": "Motorcycle"}, {"GVWRFrom": null, "GVWRTo": null, "IsPrimary": false, "Name": "Trailer"}]}] $$::jsonb,
    'by id'
);
select is(
    api.vpic_manufacturer_details('nobody')::jsonb,
    $$ [] $$::jsonb,
    'an unknown one'
);
select is(
    api.vpic_manufacturer_details('')::jsonb,
    $$ [] $$::jsonb,
    'nothing'
);

delete from catalog.current_release;
select throws_ok('select api.vpic_manufacturer_details(''söhne'')', 'VP503', null, 'nothing is published');

select * from finish();
rollback;
