create or replace function decoder.decode_pass(
    release_id int,
    vin text,
    image text,
    symbols bit,
    wmi catalog.wmi,
    is_known boolean,
    is_exception boolean,
    segment catalog.segment,
    year int,
    is_year_ambiguous boolean,
    is_year_mismatch boolean,
    year_keys text
)
    returns decoder.pass
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_variable
declare
    pass decoder.pass;
    checked record;
    body_class text;
    has_model boolean := false;
    positions int[];
    digits_from int := decoder.serial_digits_from(vin, wmi.is_light);
begin
    pass.vin := vin;
    pass.year := year;
    pass.is_exception := is_exception;
    pass.is_year_ambiguous := is_year_ambiguous;
    pass.codes := '{}';
    pass.suggested_vin := '';
    pass.possible_values := '';
    if not is_known then
        pass.codes := array[7];
    else
        pass.items := decoder.find_items(release_id, wmi, segment, image, symbols, year, year_keys);
        if exists (select from unnest(pass.items) as i where i.pattern_id is not null) then
            select * into checked from decoder.check_positions(vin, segment.valid_characters);
            if checked.code is not null then
                pass.codes := pass.codes || checked.code;
            end if;
            pass.suggested_vin := checked.suggested_vin;
            pass.possible_values := checked.possible_values;
            pass.unused_positions := decoder.unused_positions(vin, pass.items);
            if pass.unused_positions is not null then
                pass.codes := pass.codes || 14;
            end if;
        else
            pass.codes := array[8];
        end if;
        select max(i.value_id) filter (where i.element_id = 5), bool_or(i.element_id = 28) into body_class, has_model
        from unnest(pass.items) as i;
        if body_class = '64' then
            pass.codes := pass.codes || 9;
        end if;
        if body_class in ('69', '84', '86', '88', '97', '105', '113', '124', '126', '127') then
            pass.codes := pass.codes || 10;
        end if;
    end if;
    if year is null then
        pass.codes := pass.codes || 11;
    end if;
    if is_year_mismatch then
        pass.codes := pass.codes || 12;
    end if;
    positions := decoder.invalid_positions(vin, digits_from, is_exception or 10 = any(pass.codes));
    if cardinality(positions) > 0 then
        pass.codes := pass.codes || 400;
        pass.suggested_vin := decoder.mark_positions(coalesce(nullif(pass.suggested_vin, ''), vin), positions);
        pass.invalid_characters := (
            select string_agg(format('%s:%s', p, substr(vin, p, 1)), ', ' order by p) from unnest(positions) as p
        );
    end if;
    if length(vin) < 17 then
        pass.codes := pass.codes || 6;
    elsif not is_exception and substr(vin, 9, 1) is distinct from decoder.check_digit(vin, digits_from) then
        pass.codes := pass.codes || 1;
    end if;
    if pass.codes <@ array[9, 10, 12, 14] then
        pass.codes := pass.codes || 0;
        if not has_model and not 14 = any(pass.codes) then
            pass.codes := pass.codes || 14;
        end if;
    end if;
    pass.codes := array(select c from unnest(pass.codes) as c order by c);
    if is_known then
        pass.items := pass.items || array(select d from decoder.find_defaults(release_id, wmi.vehicle_type_id, pass.items) as d);
    end if;
    return pass;
end;
$$;
comment on function decoder.decode_pass(
    int, text, text, bit, catalog.wmi, boolean, boolean, catalog.segment, int, boolean, boolean, text
) is 'A complete decode under one model year: values, error codes, suggested VIN. is_known: the WMI is public; is_exception: its wrong check digit is a known one.';
