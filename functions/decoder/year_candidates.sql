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
    language sql
    immutable parallel safe
begin atomic
    select
        case when c.is_old_cycle or c.code > c.year_limit then c.code - 30 else c.code end,
        case when not c.is_conclusive then c.code - 30 end,
        c.is_conclusive
    from (
        select
            vin.model_year_code(year_candidates.vin) as code,
            year_candidates.year_limit,
            year_candidates.is_light and substr(year_candidates.vin, 7, 1) ~ '[0-9]' as is_old_cycle,
            coalesce(
                (year_candidates.is_light and substr(year_candidates.vin, 7, 1) ~ '[0-9A-Z]')
                or vin.model_year_code(year_candidates.vin) > year_candidates.year_limit,
                true
            ) as is_conclusive
    ) as c;
end;
comment on function decoder.year_candidates(text, boolean, int) is
    'Model year that position 10 means, and the one 30 years earlier when nothing excludes it; year_limit is the last plausible year. Without a year code: null, conclusive. 49 CFR 565.15 table VII.';
