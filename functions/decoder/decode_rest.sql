create or replace function decoder.decode_rest(
    release_id int,
    vin text,
    regular text,
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
    heads text[];
    confidences numeric[];
    weights int[];
    document record;
begin
    if regular is not null then
        select p.heads, p.pattern_confidences, p.element_weights
        into heads, confidences, weights
        from catalog.phrase as p
        where p.release_id = release_id;
        select d.common, d.is_common, d.data_version, decoder.regular_json(regular)
        into common, is_common, data_version, own
        from decoder.decode_by_patterns(release_id, array[regular], array[model_year], as_of, heads, confidences, weights) as d;
        if own is not null then
            return;
        end if;
    end if;
    document := decoder.describe_vin(release_id, vin, model_year, as_of);
    own := document.own;
    common := document.common;
    is_common := document.is_common;
    data_version := document.data_version;
end;
$$;
comment on function decoder.decode_rest(int, text, text, int, timestamp) is
    'decoder.decode_document of a VIN that decoder.decode_by_keys does not answer. regular: its normal form when it is regular (decoder.is_regular), else null.';
