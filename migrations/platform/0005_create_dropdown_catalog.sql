-- What dropdowns answer from: which options the data allows for which vehicle, never found by scanning patterns.
set local role mvp_platform_owner;

create table catalog.term (
    term_id int primary key generated always as identity,
    kind text not null check (kind in ('trim', 'engine')),
    name text not null,
    unique (kind, name)
);
comment on table catalog.term is
    'Ids of names that NHTSA gives none. Not part of a release: an app that stored the id of a trim finds the same trim next week.';

create table catalog.make (
    release_id int not null,
    make_id int not null,
    name text not null,
    primary key (release_id, make_id)
) partition by list (release_id);
comment on table catalog.make is 'Every make of the release; names in upper case, as a decode gives them.';
-- Serves: decoder.find_make, a make by its name in any case.
create index make_lower_name on catalog.make (lower(name));

create table catalog.model (
    release_id int not null,
    make_id int not null,
    model_id int not null,
    name text not null,
    primary key (release_id, make_id, model_id)
) partition by list (release_id);
comment on table catalog.model is 'Every model of every make of the release.';

create table catalog.make_year (
    release_id int not null,
    make_id int not null,
    vehicle_type_id int,
    years int4multirange not null
) partition by list (release_id);
comment on table catalog.make_year is 'Model years in which a make sold vehicles of a type, as far as the data knows.';
-- Serves: api.makes and api.years.
create index make_year_make_id on catalog.make_year (make_id);

create table catalog.model_year (
    release_id int not null,
    make_id int not null,
    model_id int not null,
    vehicle_type_id int,
    years int4multirange not null
) partition by list (release_id);
comment on table catalog.model_year is 'Model years in which some VIN decodes to the model.';
-- Serves: api.models and api.years, the models of one make.
create index model_year_make_id on catalog.model_year (make_id, model_id);

create table catalog.option (
    release_id int not null,
    kind text not null check (kind in ('trim', 'engine', 'transmission')),
    option_id int not null,
    name text not null,
    primary key (release_id, kind, option_id)
) partition by list (release_id);
comment on table catalog.option is 'Every known trim, engine and transmission of the release.';
comment on column catalog.option.option_id is 'catalog.term for trims and engines, NHTSA''s lookup id for transmissions.';

create table catalog.vehicle_option (
    release_id int not null,
    make_id int not null,
    model_id int not null,
    kind text not null,
    option_id int not null,
    years int4multirange not null
) partition by list (release_id);
comment on table catalog.vehicle_option is 'Options that some VIN of the make, model and year can have: a key of the option and a key of the model fit one VIN.';
-- Serves: decoder.list_options, the options of one model.
create index vehicle_option_model on catalog.vehicle_option (make_id, model_id, kind);

create table catalog.vehicle_type (
    release_id int not null,
    vehicle_type_id int not null,
    name text not null,
    primary key (release_id, vehicle_type_id)
) partition by list (release_id);
comment on table catalog.vehicle_type is 'NHTSA''s vehicle types.';

create unlogged table staging.key_engine (
    schema_id int not null,
    key_id int not null,
    name text not null
);
comment on table staging.key_engine is 'Between two statements of etl.compile_options: the engine that a key states.';
