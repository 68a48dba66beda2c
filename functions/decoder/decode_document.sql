-- JSON as text: built once, stored, sent on and never taken apart on the way. What differs between two VINs of one kind stands
-- in front.
create or replace function decoder.decode_document(
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
    set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
    normal constant text := vin.normalize(left(btrim(vin, ' '), 18));
    is_regular constant boolean := decoder.is_regular(normal);
    document record;
begin
    if is_regular then
        select d.common, d.is_common, d.data_version, decoder.regular_json(normal)
        into common, is_common, data_version, own
        from decoder.decode_by_keys(release_id, array[normal], array[model_year], as_of) as d;
        if own is not null then
            return;
        end if;
    end if;
    document := decoder.decode_rest(release_id, vin, case when is_regular then normal end, model_year, as_of);
    own := document.own;
    common := document.common;
    is_common := document.is_common;
    data_version := document.data_version;
end;
$$;
comment on function decoder.decode_document(int, text, int, timestamp) is
    'The decode object of any release and clock as JSON text, own || common. is_common: common is the same for every regular VIN (decoder.is_regular) of this descriptor.';
