-- The letter of position 10 repeats after 30 years. Light vehicles tell the cycles apart by position 7: a digit up to
-- 2009, a letter since.
create or replace function decoder.year_candidates(
    vin text,
    is_light boolean,
    year_limit int,
    out year int,
    out other_year int,
    out is_conclusive boolean
)
    language plpgsql
    immutable parallel safe
as $$
begin
    year := vin.model_year_code(vin);
    is_conclusive := true;
    if year is null then
        return;
    end if;
    if is_light and substr(vin, 7, 1) ~ '[0-9]' then
        year := year - 30;
    elsif year > year_limit then
        year := year - 30;
    elsif not is_light or substr(vin, 7, 1) !~ '[A-Z]' then
        is_conclusive := false;
        other_year := year - 30;
    end if;
end;
$$;
comment on function decoder.year_candidates(text, boolean, int) is
    'Model year that position 10 means, and the one 30 years earlier when nothing excludes it; year_limit is the last plausible year. Without a year code: null, conclusive. 49 CFR 565.15 table VII.';
