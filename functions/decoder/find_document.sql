create or replace function decoder.find_document(
    release_id int,
    vin text,
    model_year int,
    as_of timestamp,
    out own text,
    out common text,
    out is_common boolean,
    out data_version text
)
    language plpgsql
    stable parallel safe
as $$
#variable_conflict use_variable
declare
    normal constant text := vin.normalize(left(btrim(vin, ' '), 18));
    descriptor text;
    document record;
begin
    -- The memo's 0 is no caller's: whoever asks for the year 0 is told that it is another (code 12).
    if decoder.is_regular(normal) and model_year is distinct from 0 then
        descriptor := vin.descriptor(normal);
        select m.common, m.data_version, true into common, data_version, is_common
        from catalog.memo as m
        where m.descriptor = descriptor
            and m.model_year = coalesce(model_year, 0)
            and m.clock_year = extract(year from as_of)::int
            and m.release_id = release_id;
        if is_common then
            own := decoder.own_json(normal, true, substr(normal, 9, 1));
            return;
        end if;
    end if;
    document := decoder.decode_document(release_id, vin, model_year, as_of);
    own := document.own;
    common := document.common;
    is_common := document.is_common;
    data_version := document.data_version;
end;
$$;
comment on function decoder.find_document(int, text, int, timestamp) is
    'decoder.decode_document, from the memo where its descriptor is remembered.';
