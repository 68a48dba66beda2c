-- One statement when it is remembered, two when its keys answer: each function in between would cost as much as a tenth of both.
create or replace function api.decode_vin_text(
    vin text,
    model_year int default null,
    out own text,
    out common text,
    out is_common boolean,
    out data_version text
)
    language plpgsql
    stable parallel safe security definer
    set search_path = pg_catalog
    set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
    -- Most come in their normal form.
    normal text := vin;
    release_id int;
    document record;
begin
    if not decoder.is_regular(normal) then
        normal := vin.normalize(left(btrim(vin, ' '), 18));
        if not decoder.is_regular(normal) then
            normal := null;
        end if;
    end if;
    if normal is not null then
        -- The memo's 0 is no caller's: whoever asks for the year 0 is told that it is another (code 12).
        select c.release_id, m.common, m.data_version
        into release_id, common, data_version
        from catalog.current_release as c
        left join catalog.memo as m
            on m.descriptor = vin.descriptor(normal)
            and m.model_year = case when model_year is null then 0 else nullif(model_year, 0) end
            and m.clock_year = date_part('year', localtimestamp)::int
            and m.release_id = c.release_id;
        if common is not null then
            own := decoder.regular_json(normal);
            is_common := true;
            return;
        end if;
        select d.common, d.is_common, d.data_version
        into common, is_common, data_version
        from decoder.decode_by_keys(release_id, array[normal], array[model_year], localtimestamp::timestamp) as d;
        if common is not null then
            own := decoder.regular_json(normal);
            return;
        end if;
    end if;
    document := decoder.decode_rest(decoder.current_release_id(), vin, normal, model_year, localtimestamp);
    own := document.own;
    common := document.common;
    is_common := document.is_common;
    data_version := document.data_version;
end;
$$;
comment on function api.decode_vin_text(text, int) is
    'api.decode_vin as JSON text ready to send, own || common. is_common: common is the same for every VIN of the same descriptor and model_year whose characters are legal, with digits from position 13 on, and whose check digit is right.';
grant execute on function api.decode_vin_text(text, int) to mvp_platform_user, mvp_platform_admin;
