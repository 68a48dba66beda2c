create or replace function decoder.warnings(is_incomplete boolean, is_year_ambiguous boolean)
    returns text
    language sql
    stable parallel safe
    return concat(
        case
            when is_incomplete
                then ' Incomplete Vehicle Warning - Please be advised that the vehicle may have been altered and may not be an accurate representation of the vehicle in its current condition.'
        end,
        case
            when is_year_ambiguous
                then ' The Model Year decoded for this VIN may be incorrect. If you know the Model year, please enter it and decode again to get more accurate information.'
        end
    );
comment on function decoder.warnings(boolean, boolean) is
    'What NHTSA warns of in a VIN without errors: an incomplete vehicle (bit 14 of decoder.verdict_traits), and a model year that could be another; each with a space in front.';
