create or replace function decoder.additional_error_text(release_id int, pass decoder.pass)
    returns text
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_variable
declare
    is_incomplete constant boolean := pass.vehicle_type_id = 10 or decoder.body_traits(pass.body_class) & (1 << 14) <> 0;
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
    return nullif(
        left(btrim(concat(told, decoder.warnings(is_incomplete, pass.is_year_ambiguous))), 500), ''
    );
end;
$$;
comment on function decoder.additional_error_text(int, decoder.pass) is
    'What NHTSA tells beside the error codes: possible values, unused and invalid positions, incomplete vehicle, ambiguous year; at most 500 characters; null when there is nothing to tell.';
