-- Raw rows, before any compile step: what follows is the real rebuild. Ids are moved by ten million a copy, so that all
-- references inside a copy hold; lists that all makers share (elements, lookups, engine models) are not copied.
create or replace function bench.multiply(copies int)
    returns bigint
    language plpgsql
    volatile
as $$
declare
    shift constant int := 10000000;
    patterns bigint;
begin
    assert (select max(p.id) < shift from vpic.pattern as p), 'ids of patterns are below the shift';
    perform bench.name_wmis(copies);
    -- Selected before anything is inserted: each statement sees the rows as they were when it began.
    insert into vpic.manufacturer (id, name)
    select m.id + c * shift, m.name || ' ' || c from vpic.manufacturer as m cross join generate_series(1, copies) as c;
    insert into vpic.manufacturer_make (id, manufacturerid, makeid)
    select m.id + c * shift, m.manufacturerid + c * shift, m.makeid + c * shift
    from vpic.manufacturer_make as m cross join generate_series(1, copies) as c;
    insert into vpic.make (id, name, createdon, updatedon)
    select m.id + c * shift, m.name || ' ' || c, m.createdon, m.updatedon
    from vpic.make as m cross join generate_series(1, copies) as c;
    insert into vpic.model (id, name, createdon, updatedon)
    select m.id + c * shift, m.name, m.createdon, m.updatedon from vpic.model as m cross join generate_series(1, copies) as c;
    insert into vpic.make_model (id, makeid, modelid, createdon, updatedon)
    select m.id + c * shift, m.makeid + c * shift, m.modelid + c * shift, m.createdon, m.updatedon
    from vpic.make_model as m cross join generate_series(1, copies) as c;
    insert into vpic.wmi_make (wmiid, makeid)
    select m.wmiid + c * shift, m.makeid + c * shift from vpic.wmi_make as m cross join generate_series(1, copies) as c;
    insert into vpic.vinschema (id, name, sourcewmi, createdon, updatedon, tobeqced)
    select s.id + c * shift, s.name, s.sourcewmi, s.createdon, s.updatedon, s.tobeqced
    from vpic.vinschema as s cross join generate_series(1, copies) as c;
    insert into vpic.wmi_vinschema (id, wmiid, vinschemaid, yearfrom, yearto, orgid)
    select l.id + c * shift, l.wmiid + c * shift, l.vinschemaid + c * shift, l.yearfrom, l.yearto, l.orgid
    from vpic.wmi_vinschema as l cross join generate_series(1, copies) as c;
    insert into vpic.wmi (
        id, wmi, manufacturerid, makeid, vehicletypeid, createdon, updatedon, countryid, publicavailabilitydate, trucktypeid,
        processedon, noncompliant, noncompliantsetbyovsc
    )
    select
        w.id + s.copy_id * shift, s.wmi, w.manufacturerid + s.copy_id * shift, w.makeid + s.copy_id * shift, w.vehicletypeid,
        w.createdon, w.updatedon, w.countryid, w.publicavailabilitydate, w.trucktypeid, w.processedon, w.noncompliant,
        w.noncompliantsetbyovsc
    from vpic.wmi as w
    inner join bench.synthetic_wmi as s on s.wmi_id = w.id;
    -- Of all elements, only the model (28) refers to something that is copied.
    insert into vpic.pattern (id, vinschemaid, keys, elementid, attributeid, createdon, updatedon)
    select
        p.id + c * shift, p.vinschemaid + c * shift, p.keys, p.elementid,
        case when p.elementid = 28 and p.attributeid ~ '^\d{1,7}$' then (p.attributeid::int + c * shift)::text else p.attributeid end,
        p.createdon, p.updatedon
    from vpic.pattern as p cross join generate_series(1, copies) as c;
    select count(*) into patterns from vpic.pattern as p;
    return patterns;
end;
$$;
comment on function bench.multiply(int) is
    'Adds copies of all makers to the raw tables: manufacturers, makes, models, identifiers, schemas and patterns. Returns the patterns.';
