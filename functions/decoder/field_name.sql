create or replace function decoder.field_name(element_id int)
    returns text
    language sql
    immutable parallel safe
    return (
        case element_id
            when 26 then 'make' when 28 then 'model' when 29 then 'year' when 38 then 'trim' when 34 then 'series'
            when 5 then 'bodyType' when 37 then 'transmission' when 24 then 'fuelType' when 15 then 'driveType'
            when 27 then 'manufacturer' when 39 then 'vehicleType' when 75 then 'plantCountry'
        end
    );
comment on function decoder.field_name(int) is
    'The field of a decode object that shows an element; null for the others. The engine''s field is made of several elements.';
