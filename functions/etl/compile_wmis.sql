create or replace function etl.compile_wmis(release_id int)
    returns bigint
    language sql
    volatile
begin atomic
    insert into catalog.model_make (release_id, model_id, make_id, make_name)
    select compile_wmis.release_id, mm.modelid, m.id, upper(m.name collate vin.simple_case)
    from vpic.make_model as mm
    inner join vpic.make as m on m.id = mm.makeid;

    insert into catalog.wmi (
        release_id, wmi, wmi_id, manufacturer_id, manufacturer_name, vehicle_type_id, vehicle_type_name, is_light,
        public_at, country_id, make_ids, sole_make_id, sole_make_name, created_on, updated_on
    )
    select
        compile_wmis.release_id, w.wmi, w.id, f.id, upper(f.name collate vin.simple_case), t.id,
        upper(t.name collate vin.simple_case),
        -- 49 CFR 565.15(d): cars, MPVs and trucks of 10,000 lb or less; truck type 1 is NHTSA's mark for the latter.
        coalesce(w.vehicletypeid in (2, 7) or (w.vehicletypeid = 3 and w.trucktypeid = 1), false),
        w.publicavailabilitydate, w.countryid,
        coalesce(made.make_ids, '{}'), sole.id, upper(sole.name collate vin.simple_case),
        w.createdon::date, w.updatedon::date
    from vpic.wmi as w
    left join vpic.manufacturer as f on f.id = w.manufacturerid
    left join vpic.vehicletype as t on t.id = w.vehicletypeid
    left join (
        select wm.wmiid, array_agg(wm.makeid order by wm.makeid) as make_ids from vpic.wmi_make as wm group by wm.wmiid
    ) as made on made.wmiid = w.id
    left join vpic.make as sole on cardinality(made.make_ids) = 1 and sole.id = made.make_ids[1];

    insert into catalog.manufacturer (release_id, manufacturer_id, name)
    select compile_wmis.release_id, f.id, f.name from vpic.manufacturer as f where f.name is not null;

    insert into catalog.manufacturer_make (release_id, manufacturer_id, make_id)
    select distinct compile_wmis.release_id, f.manufacturerid, f.makeid
    from vpic.manufacturer_make as f
    where f.manufacturerid is not null and f.makeid is not null;

    select count(*) from catalog.wmi as w where w.release_id = compile_wmis.release_id;
end;
comment on function etl.compile_wmis(int) is 'Fills catalog.wmi, catalog.manufacturer and what leads from them to makes and models of a release; returns the WMIs.';
