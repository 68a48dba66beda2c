create or replace function decoder.additional_error_text(release_id int, pass decoder.pass)
    returns text
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_variable
declare
    told text := '';
begin
    if pass.codes && array[4, 5] then
        select coalesce(left(btrim(e.additional_text), 500), '') into told
        from catalog.error_code as e
        where e.release_id = release_id and e.error_code in (4, 5) and e.error_code = any(pass.codes);
    end if;
    if 14 = any(pass.codes) then
        -- With no position to name NHTSA's text becomes null, and with it all that was said before.
        told := left(btrim(told || ' Unused position(s): ' || pass.unused_positions || '. '), 500);
    end if;
    if 400 = any(pass.codes) then
        told := left(btrim(concat(told, ' Invalid character(s): ', pass.invalid_characters, '. ')), 500);
    end if;
    if pass.vehicle_type_id = 10
        or pass.body_class in (
            '62', '63', '64', '65', '67', '70', '71', '72', '74', '75', '76', '77', '78', '107', '112', '116'
        )
    then
        told := left(btrim(concat(
            told,
            ' Incomplete Vehicle Warning - Please be advised that the vehicle may have been altered and may not be an accurate representation of the vehicle in its current condition.'
        )), 500);
    end if;
    if pass.is_year_ambiguous then
        told := left(btrim(concat(
            told,
            ' The Model Year decoded for this VIN may be incorrect. If you know the Model year, please enter it and decode again to get more accurate information.'
        )), 500);
    end if;
    return nullif(told, '');
end;
$$;
comment on function decoder.additional_error_text(int, decoder.pass) is
    'What NHTSA tells beside the error codes: possible values, unused and invalid positions, incomplete vehicle, ambiguous year; at most 500 characters; null when there is nothing to tell.';
