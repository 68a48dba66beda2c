-- People choose an engine by size and layout and tell variants apart by the maker's code. PL/pgSQL: too long to be inlined, and
-- a SQL function that is not inlined is planned at every call.
create or replace function decoder.engine_name(displacement text, cylinders text, configuration text, model text)
    returns text
    language plpgsql
    immutable parallel safe
as $$
declare
    litres constant numeric := case when displacement ~ '^\d{1,9}(\.\d*)?$' then displacement::numeric end;
begin
    return nullif(concat_ws(
        ' ',
        case
            when litres = 0 then null
            when litres < 1 then round(litres * 1000) || 'cc'
            else round(litres, 1) || 'L'
        end,
        case
            when cylinders !~ '^\d+$' then null
            when configuration = 'In-Line' then 'I' || cylinders
            when configuration = 'V-Shaped' then 'V' || cylinders
            when configuration = 'W Shaped' then 'W' || cylinders
            when configuration ilike '%opposed%' or configuration ilike '%boxer%' then 'H' || cylinders
            else cylinders || '-cylinder'
        end,
        case when configuration ilike 'Rotary%' then 'Rotary' end,
        nullif(btrim(model), '')
    ), '');
end;
$$;
comment on function decoder.engine_name(text, text, text, text) is
    'One line for an engine: displacement in litres (cc below one litre), layout and cylinders, the maker''s engine model; null when nothing is known.';
