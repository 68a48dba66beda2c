-- Stable, because concat is: called immutable it would not be inlined, and be planned at every call.
create or replace function decoder.warnings(vehicle_type_id int, body_class text, is_year_ambiguous boolean)
    returns text
    language sql
    stable parallel safe
    return concat(
        case
            when vehicle_type_id = 10
                or body_class in (
                    '62', '63', '64', '65', '67', '70', '71', '72', '74', '75', '76', '77', '78', '107', '112', '116'
                )
                then ' Incomplete Vehicle Warning - Please be advised that the vehicle may have been altered and may not be an accurate representation of the vehicle in its current condition.'
        end,
        case
            when is_year_ambiguous
                then ' The Model Year decoded for this VIN may be incorrect. If you know the Model year, please enter it and decode again to get more accurate information.'
        end
    );
comment on function decoder.warnings(int, text, boolean) is
    'What NHTSA warns of in a VIN without errors: an incomplete vehicle, by type or body class, and a model year that could be another; each with a space in front.';
