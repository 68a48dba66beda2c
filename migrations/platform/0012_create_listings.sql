-- What the lists of the vPIC API answer from. Releases compiled before have none of it: decoder.listed_release_id says so.
set local role mvp_platform_owner;

alter table catalog.element add column description text, add column is_extended boolean, add column is_flat boolean;
comment on column catalog.element.description is 'NHTSA''s explanation, in HTML.';
comment on column catalog.element.is_extended is
    'Decodable but private: the public API names it in its extended answers. The published data states no value of it.';
comment on column catalog.element.is_flat is 'Has a key in the flat answers of the public API, though some of them never have a value.';

alter table catalog.wmi add column created_on date, add column updated_on date;
comment on column catalog.wmi.created_on is 'When NHTSA made the row, as updated_on is when it last changed it.';

create table catalog.manufacturer (
    release_id int not null,
    manufacturer_id int not null,
    name text not null,
    primary key (release_id, manufacturer_id)
) partition by list (release_id);
comment on table catalog.manufacturer is 'Every manufacturer of the release; names as NHTSA writes them.';

create table catalog.manufacturer_make (
    release_id int not null,
    manufacturer_id int not null,
    make_id int not null,
    primary key (release_id, manufacturer_id, make_id)
) partition by list (release_id);
comment on table catalog.manufacturer_make is 'Makes of a manufacturer.';

create table catalog.lookup_value (
    release_id int not null,
    lookup_table text not null,
    value_id int not null,
    name text not null,
    primary key (release_id, lookup_table, value_id)
) partition by list (release_id);
comment on table catalog.lookup_value is
    'Values that a variable may have, by the lower-case name of its lookup table. Makes, models, manufacturers, vehicle types and error codes have tables of their own.';

-- Serves: api.vpic_wmis and decoder.maker_profile, the WMIs of some manufacturers.
create index wmi_manufacturer_id on catalog.wmi (manufacturer_id);

-- Partitions of the new tables for the releases that are there.
do $$
declare
    partition record;
begin
    for partition in
        select r.release_id, t.name
        from catalog.release as r
        cross join (values ('manufacturer'), ('manufacturer_make'), ('lookup_value')) as t (name)
    loop
        execute format(
            'create table catalog.%I partition of catalog.%I for values in (%s)',
            partition.name || '_r' || partition.release_id, partition.name, partition.release_id
        );
    end loop;
end;
$$;
