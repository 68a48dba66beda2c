create or replace function decoder.decode_pass(
    release_id int,
    vin text,
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
    found decoder.findings;
    code int;
    body_traits int := 0;
    positions int[];
    digits_from constant int := decoder.serial_digits_from(vin, wmi.is_light);
    -- Nearly every VIN: nothing to say about its characters.
    is_plain constant boolean := decoder.is_plain(vin);
    expected_digit constant text := case
        when is_plain then substr('0123456789X', vin.weighted_sum(vin) % 11 + 1, 1)
        when length(vin) = 17 then decoder.check_digit(vin, digits_from)
    end;
    -- Ascending: what is found is appended in the order of the codes.
    codes int[] := '{}'::int[];
begin
    pass.vin := vin;
    pass.year := year;
    pass.is_exception := is_exception;
    pass.is_year_ambiguous := is_year_ambiguous;
    pass.suggested_vin := '';
    pass.possible_values := '';
    if is_known then
        found := decoder.find_items(release_id, wmi, segment, vin, symbols, year, year_keys);
        pass.items := found.items;
        pass.vehicle_type_id := wmi.vehicle_type_id;
        pass.body_class := found.body_class;
        body_traits := decoder.body_traits(found.body_class);
    end if;
    if length(vin) = 17 and not is_exception and expected_digit is distinct from substr(vin, 9, 1) then
        codes := codes || 1;
    end if;
    if found.has_pattern then
        if (segment.known_symbols & symbols) = symbols is not true then
            select c.code, c.suggested_vin, c.possible_values into code, pass.suggested_vin, pass.possible_values
            from decoder.check_positions(vin, segment.valid_characters) as c;
            codes := array_remove(codes || code, null);
        end if;
        -- Bits 4-8 and 11.
        if not is_plain or found.used_positions & 2544 <> 2544 then
            pass.unused_positions := decoder.unused_positions(vin, found.used_positions, found.items);
        end if;
    end if;
    if length(vin) < 17 then
        codes := codes || 6;
    end if;
    if not is_known then
        codes := codes || 7;
    elsif found.has_pattern is not true then
        codes := codes || 8;
    end if;
    if body_traits & (1 << 12) <> 0 then
        codes := codes || 9;
    end if;
    if body_traits & (1 << 13) <> 0 then
        codes := codes || 10;
    end if;
    if year is null then
        codes := codes || 11;
    end if;
    if is_year_mismatch then
        codes := codes || 12;
    end if;
    if not is_plain then
        positions := decoder.invalid_positions(vin, digits_from, is_exception or body_traits & (1 << 13) <> 0);
    end if;
    -- Nothing wrong but what may well be right: code 0, and 14 as well without a model.
    if codes <@ array[9, 10, 12] and coalesce(cardinality(positions), 0) = 0 then
        codes := 0 || codes;
        if pass.unused_positions is not null or not found.has_model then
            codes := codes || 14;
        end if;
    elsif pass.unused_positions is not null then
        codes := codes || 14;
    end if;
    if cardinality(positions) > 0 then
        codes := codes || 400;
        pass.suggested_vin := decoder.mark_positions(coalesce(nullif(pass.suggested_vin, ''), vin), positions);
        pass.invalid_characters := (
            select string_agg(format('%s:%s', p, substr(vin, p, 1)), ', ' order by p) from unnest(positions) as p
        );
    end if;
    pass.codes := codes;
    return pass;
end;
$$;
comment on function decoder.decode_pass(
    int, text, bit, catalog.wmi, boolean, boolean, catalog.segment, int, boolean, boolean, text
) is 'A decode under one model year, all but the defaults: values, error codes, suggested VIN. is_known: the WMI is public; is_exception: its wrong check digit is a known one.';
