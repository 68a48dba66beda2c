-- Rows that the catalog cannot hold: without a key or a value that everything about them hangs on, twice where there can be
-- one, or beyond what an index or a range holds. One such row of eleven million must not cost a whole rebuild. Whatever can be
-- compiled and is merely odd (orphans, malformed keys, doubled patterns) is left to the checks.
-- 1000 bytes: NHTSA's own columns hold 500 characters; an index entry of ours holds 2,704 bytes, and an engine's name is made of two
-- such texts.
create or replace view staging.unusable_row as
select u.table_name, u.row_id, u.reason
from (
    select 'conversion' as table_name, c.ctid as row_id, case
        when c.id is null then 'no id'
        when c.toelementid is null then 'no target variable'
        when c.formula is null then 'no formula'
    end as reason
    from vpic.conversion as c
    union all
    select 'defaultvalue', d.ctid, case when d.vehicletypeid is null then 'no vehicle type' when d.defaultvalue is null then 'no value' end
    from vpic.defaultvalue as d
    union all
    select 'element', e.ctid, case
        when e.id is null then 'no id'
        when e.name is null then 'no name'
        when e.ctid <> min(e.ctid) filter (where e.name is not null) over (partition by e.id) then 'a second row of its id'
    end
    from vpic.element as e
    union all
    select 'enginemodelpattern', p.ctid, case
        when p.id is null then 'no id'
        when p.enginemodelid is null then 'no engine model'
        when p.attributeid is null then 'no value'
        when octet_length(p.attributeid) > 1000 then 'a value of more than 1000 bytes'
    end
    from vpic.enginemodelpattern as p
    union all
    select 'errorcode', c.ctid, case
        when c.id is null then 'no id'
        when c.name is null then 'no name'
        when c.ctid <> min(c.ctid) filter (where c.name is not null) over (partition by c.id) then 'a second row of its id'
    end
    from vpic.errorcode as c
    union all
    select 'lookup', l.ctid, case
        when l.id is null then 'no id'
        when l.name is null then 'no name'
        when octet_length(l.name) > 1000 then 'a name of more than 1000 bytes'
        when l.ctid <> min(l.ctid) filter (where octet_length(l.name) <= 1000) over (partition by l.lookup_table, l.id)
            then 'a second row of its id'
    end
    from vpic.lookup as l
    union all
    select 'make', m.ctid, case
        when m.id is null then 'no id'
        when m.name is null then 'no name'
        when octet_length(m.name) > 1000 then 'a name of more than 1000 bytes'
        when m.ctid <> min(m.ctid) filter (where octet_length(m.name) <= 1000) over (partition by m.id) then 'a second row of its id'
    end
    from vpic.make as m
    union all
    select 'make_model', m.ctid, case when m.modelid is null then 'no model' end
    from vpic.make_model as m
    union all
    select 'manufacturer', m.ctid, case
        when m.id is null then 'no id'
        when m.ctid <> min(m.ctid) over (partition by m.id) then 'a second row of its id'
    end
    from vpic.manufacturer as m
    union all
    select 'model', m.ctid, case
        when m.id is null then 'no id'
        when m.name is null then 'no name'
        when m.ctid <> min(m.ctid) filter (where m.name is not null) over (partition by m.id) then 'a second row of its id'
    end
    from vpic.model as m
    union all
    select 'pattern', p.ctid, case
        when p.id is null then 'no id'
        when p.vinschemaid is null then 'no schema'
        when p.attributeid is null then 'no value'
        when octet_length(p.attributeid) > 1000 then 'a value of more than 1000 bytes'
    end
    from vpic.pattern as p
    union all
    select 'vehiclespecpattern', p.ctid, case
        when p.id is null then 'no id'
        when p.vspecschemapatternid is null then 'no specification'
        when p.iskey is null then 'neither key nor value'
        when p.attributeid is null then 'no value'
    end
    from vpic.vehiclespecpattern as p
    union all
    select 'vehiclespecschema', s.ctid, case
        when s.makeid is null then 'no make'
        when s.ctid <> min(s.ctid) filter (where s.makeid is not null) over (partition by s.id) then 'a second row of its id'
    end
    from vpic.vehiclespecschema as s
    union all
    select 'vehiclespecschema_model', m.ctid, case when m.modelid is null then 'no model' end
    from vpic.vehiclespecschema_model as m
    union all
    select 'vehicletype', t.ctid, case
        when t.id is null then 'no id'
        when t.name is null then 'no name'
        when t.ctid <> min(t.ctid) filter (where t.name is not null) over (partition by t.id) then 'a second row of its id'
    end
    from vpic.vehicletype as t
    union all
    select 'vinexception', x.ctid, case when x.vin is null then 'no VIN' when octet_length(x.vin) > 1000 then 'a VIN of more than 1000 bytes' end
    from vpic.vinexception as x
    union all
    select 'vinschema', s.ctid, case
        when s.id is null then 'no id'
        when s.ctid <> min(s.ctid) over (partition by s.id) then 'a second row of its id'
    end
    from vpic.vinschema as s
    union all
    select 'vspecschemapattern', s.ctid, case
        when s.id is null then 'no id'
        when s.ctid <> min(s.ctid) over (partition by s.id) then 'a second row of its id'
    end
    from vpic.vspecschemapattern as s
    union all
    -- The row that was there first keeps the WMI: links of a newer id are rather a mistake than links of an older one.
    select 'wmi', w.ctid, case
        when w.id is null then 'no id'
        when w.wmi is null then 'no WMI'
        when octet_length(w.wmi) > 1000 then 'a WMI of more than 1000 bytes'
        when row_number() over (
            partition by w.wmi collate "C", w.id is not null order by w.id, w.ctid
        ) > 1 then 'a second row of its WMI'
        when w.ctid <> min(w.ctid) filter (where octet_length(w.wmi) <= 1000) over (partition by w.id) then 'a second row of its id'
    end
    from vpic.wmi as w
    union all
    select 'wmi_make', m.ctid, case when m.makeid is null then 'no make' end
    from vpic.wmi_make as m
    union all
    -- NHTSA's own far year is 2999.
    select 'wmi_vinschema', l.ctid, case when l.yearfrom > 9999 or l.yearto > 9999 then 'a year beyond 9999' end
    from vpic.wmi_vinschema as l
) as u
where u.reason is not null;
comment on view staging.unusable_row is
    'Raw rows that no release can hold: table, place in it (ctid) and why. Those of a run are left out by etl.reject_rows.';
