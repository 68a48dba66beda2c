create or replace function decoder.explain_year(vin text, is_light boolean, model_year int, decoded_year int, year_limit int)
    returns jsonb
    language sql
    immutable parallel safe
    return (
        select jsonb_build_object(
            'code', nullif(substr(vin, 10, 1), ''),
            'candidates', to_jsonb(array_remove(array[c.year, c.other_year], null)),
            'decoded', decoded_year,
            'asked', model_year,
            'isAmbiguous', not c.is_conclusive,
            'reason', case
                when c.year is null then format('"%s" in position 10 is no model year', substr(vin, 10, 1))
                when decoded_year = model_year and decoded_year is distinct from c.year then 'the year that was asked for'
                when not c.is_conclusive
                    then format('position 10 stands for %s and %s; the year with the better decode was taken', c.year, c.other_year)
                when decoded_year <> c.year then format('position 10 stands for %s, but the data knows this manufacturer only 30 years apart', c.year)
                when is_light and substr(vin, 7, 1) ~ '[0-9]' then 'a light vehicle with a digit in position 7: a year up to 2009'
                when is_light and substr(vin, 7, 1) ~ '[A-Z]' and decoded_year >= 2010 then 'a light vehicle with a letter in position 7: a year since 2010'
                else format('the later year would lie beyond %s', year_limit)
            end
        )
        from decoder.year_candidates(vin, coalesce(is_light, false), year_limit) as c
    );
comment on function decoder.explain_year(text, boolean, int, int, int) is 'Which model years position 10 stands for and why one was taken, in words.';
