-- Compiled releases. Every table has one partition a release, made by etl.begin_release and dropped with its release;
-- a decode reads one release only, so a foreign key across them would check what a rebuild's checks already say.
set local role mvp_platform_owner;

create table catalog.element (
    release_id int not null,
    element_id int not null,
    name text not null,
    code text,
    group_name text,
    group_rank int not null,
    data_type text,
    lookup_table text,
    weight int not null,
    is_multivalued boolean not null,
    is_emitted boolean not null,
    is_pattern_value boolean not null,
    primary key (release_id, element_id)
) partition by list (release_id);
comment on table catalog.element is 'NHTSA''s variables.';
comment on column catalog.element.weight is 'Counts towards the choice between two model years; 0 when NHTSA gives none.';
comment on column catalog.element.is_multivalued is 'All candidates survive, not only the best.';
comment on column catalog.element.is_emitted is 'Public and decodable: part of an answer.';
comment on column catalog.element.is_pattern_value is 'A pattern may state it: public, decodable and not derived from the WMI or the year.';

create table catalog.error_code (
    release_id int not null,
    error_code int not null,
    name text not null,
    additional_text text,
    weight int not null,
    primary key (release_id, error_code)
) partition by list (release_id);
comment on table catalog.error_code is 'Texts and weights of the error codes: the source''s, else our own copy of the facts.';

create table catalog.wmi (
    release_id int not null,
    wmi text collate "C" not null,
    wmi_id int not null,
    manufacturer_id int,
    manufacturer_name text,
    vehicle_type_id int,
    vehicle_type_name text,
    is_light boolean not null,
    public_at timestamp,
    country_id int,
    make_ids int[] not null,
    sole_make_id int,
    sole_make_name text,
    primary key (release_id, wmi)
) partition by list (release_id);
comment on table catalog.wmi is 'World manufacturer identifiers of three or six characters.';
comment on column catalog.wmi.is_light is 'Passenger car, MPV or light truck: position 7 decides the 30-year cycle (49 CFR 565.15).';
comment on column catalog.wmi.public_at is 'Before it, or when null, the WMI answers like an unknown one.';
comment on column catalog.wmi.sole_make_id is 'The make when the WMI has exactly one.';

create table catalog.segment (
    release_id int not null,
    wmi_id int not null,
    year_from int not null,
    year_to int not null,
    schema_ids int[] not null,
    link_years int[] not null,
    valid_characters text[] not null,
    has_formula boolean not null,
    looks_past_descriptor boolean not null
) partition by list (release_id);
comment on table catalog.segment is
    'Years of one WMI over which the same schemas hold; disjoint. year_from = year_to = 0 is the row for an unknown year: every schema of the WMI.';
comment on column catalog.segment.link_years is 'First year of each schema''s link: the priority of its patterns.';
comment on column catalog.segment.valid_characters is 'For VIN positions 4 to 14 (subscripts 1 to 11) the characters that some pattern knows, sorted; null where anything goes.';
comment on column catalog.segment.looks_past_descriptor is 'Some pattern reads VIN 12 or later: the descriptor alone does not decide.';
-- Serves: decoder.decode, the segments of one WMI.
create index segment_wmi_id on catalog.segment (wmi_id);

create table catalog.pattern_key (
    release_id int not null,
    key_id int not null,
    schema_id int not null,
    keys text collate "C" not null,
    symbols bit(574) not null,
    used_positions int not null,
    is_formula boolean not null
) partition by list (release_id);
comment on table catalog.pattern_key is 'Distinct keys of each schema, compiled to accept strings.';
comment on column catalog.pattern_key.symbols is 'Accept string: 14 key positions of 41 symbols each; matches when (symbols & vin) = vin. See decoder.key_symbols.';
comment on column catalog.pattern_key.used_positions is 'Bit p is set when the key is not a wildcard at VIN position p.';
-- Serves: decoder.match_patterns, all keys of one schema.
create index pattern_key_schema_id on catalog.pattern_key (schema_id);

create table catalog.pattern (
    release_id int not null,
    key_id int not null,
    pattern_id int not null,
    element_id int not null,
    slot int not null,
    rank int not null,
    value text,
    value_id text not null,
    changed_at timestamp
) partition by list (release_id);
comment on table catalog.pattern is 'What a matching key states: element and value, with its rank computed once.';
comment on column catalog.pattern.element_id is 'The element; -18 is the choice of the engine model, which ranks differently from element 18 itself and has the engine model''s id as value.';
comment on column catalog.pattern.slot is 'One row per (element, slot) survives: 0, or the pattern''s id where all values survive.';
comment on column catalog.pattern.rank is 'Place among all patterns of the release; the lowest wins within the latest link year.';
comment on column catalog.pattern.value is 'Looked-up or literal value; null when the lookup has no such id.';
comment on column catalog.pattern.changed_at is 'NHTSA''s last change of the row.';
-- Serves: decoder.match_patterns, the patterns of one matching key.
create index pattern_key_id on catalog.pattern (key_id);

create table catalog.formula (
    release_id int not null,
    key_id int not null,
    schema_id int not null,
    pattern_id int not null,
    element_id int not null,
    slot int not null,
    rank int not null,
    value_from int not null,
    value_length int not null,
    value_id text not null,
    changed_at timestamp
) partition by list (release_id);
comment on table catalog.formula is 'Patterns whose value is digits of the VIN itself (keys with #).';
comment on column catalog.formula.value_from is 'First character of the value in the key image, 1-based.';
-- Serves: decoder.match_formulas, the formulas of one schema.
create index formula_schema_id on catalog.formula (schema_id);

create table catalog.engine_model_pattern (
    release_id int not null,
    engine_model_id int not null,
    element_id int not null,
    slot int not null,
    rank int not null,
    value text,
    value_id text not null,
    changed_at timestamp
) partition by list (release_id);
comment on table catalog.engine_model_pattern is 'What an engine model states about its engine.';
-- Serves: decoder.match_engine_model, the rows of one engine model.
create index engine_model_pattern_engine_model_id on catalog.engine_model_pattern (engine_model_id);

create table catalog.model_make (
    release_id int not null,
    model_id int not null,
    make_id int not null,
    make_name text not null
) partition by list (release_id);
comment on table catalog.model_make is 'Makes that sell a model; names in upper case.';
-- Serves: decoder.find_makes and the model dropdown.
create index model_make_model_id on catalog.model_make (model_id);

create table catalog.conversion (
    release_id int not null,
    element_id int not null,
    value_id text not null,
    conversion_id int not null,
    to_element_id int not null,
    value text not null,
    source text not null
) partition by list (release_id);
comment on table catalog.conversion is 'Displacement in the other units, computed once for each distinct value.';
-- Serves: decoder.convert, one stated displacement.
create index conversion_value_id on catalog.conversion (value_id, element_id);

create table catalog.default_value (
    release_id int not null,
    vehicle_type_id int not null,
    element_id int not null,
    value text,
    value_id text not null
) partition by list (release_id);
comment on table catalog.default_value is 'Values that a vehicle type implies when nothing else states them.';
-- Serves: decoder.find_defaults, the defaults of one vehicle type.
create index default_value_vehicle_type_id on catalog.default_value (vehicle_type_id);

create table catalog.vin_exception (
    release_id int not null,
    vin text collate "C" not null,
    primary key (release_id, vin)
) partition by list (release_id);
comment on table catalog.vin_exception is 'VINs whose wrong check digit the manufacturer has explained.';

create table catalog.vehicle_spec (
    release_id int not null,
    spec_id int not null,
    make_id int not null,
    vehicle_type_id int,
    model_id int not null,
    years int[],
    key_element_ids int[] not null,
    key_values text[] not null
) partition by list (release_id);
comment on table catalog.vehicle_spec is 'Specification sets of a model: they hold when every key element has its value.';
comment on column catalog.vehicle_spec.years is 'Model years; null for every year.';
comment on column catalog.vehicle_spec.key_values is 'Lower-case attribute of each key element.';
-- Serves: decoder.find_specs, the sets of one model.
create index vehicle_spec_model_id on catalog.vehicle_spec (model_id);

create table catalog.vehicle_spec_value (
    release_id int not null,
    spec_id int not null,
    spec_value_id int not null,
    element_id int not null,
    is_key boolean not null,
    value text,
    value_id text not null,
    changed_at timestamp
) partition by list (release_id);
comment on table catalog.vehicle_spec_value is 'What a specification set states, and what it asks for (is_key).';
-- Serves: decoder.find_specs, the values of one set.
create index vehicle_spec_value_spec_id on catalog.vehicle_spec_value (spec_id);

create table catalog.schema_name (
    release_id int not null,
    schema_id int not null,
    name text not null,
    primary key (release_id, schema_id)
) partition by list (release_id);
comment on table catalog.schema_name is 'What NHTSA calls a schema: for people who want to know why a VIN decodes so.';

create table catalog.value_share (
    release_id int not null,
    schema_id int not null,
    element_id int not null,
    value_id text not null,
    share real not null
) partition by list (release_id);
comment on table catalog.value_share is 'How many of a schema''s keys that state an element state this value: what another character would likely have led to as well.';
-- Serves: decoder.find_shares, the shares of one schema's values.
create index value_share_schema_id on catalog.value_share (schema_id, element_id);

-- The shapes that decoder functions hand each other.
create type decoder.item as (
    element_id int,
    value text,
    value_id text,
    source text,
    keys text,
    priority int,
    changed_at timestamp,
    pattern_id int,
    schema_id int,
    used_positions int,
    is_disputed boolean
);
comment on type decoder.item is 'One surviving value of one element, with what it rests on.';
comment on column decoder.item.used_positions is 'Bit p is set when the value rests on VIN position p, besides those of the WMI and the year.';
comment on column decoder.item.is_disputed is 'A pattern of the same link year that matches too states another value.';

create type decoder.pass as (
    vin text,
    year int,
    is_year_ambiguous boolean,
    is_exception boolean,
    items decoder.item[],
    codes int[],
    suggested_vin text,
    possible_values text,
    unused_positions text,
    invalid_characters text,
    is_year_open boolean,
    doubts double precision[]
);
comment on type decoder.pass is 'A complete decode under one model year.';
comment on column decoder.pass.vin is 'The normalized text that was decoded.';
comment on column decoder.pass.is_exception is 'NHTSA lists the VIN as one whose check digit is wrong on purpose.';
comment on column decoder.pass.codes is 'Error codes, ascending.';
comment on column decoder.pass.is_year_open is 'The year 30 years away decodes just as well.';
comment on column decoder.pass.doubts is 'For each position 1-17 the probability that its character is not the one that was meant.';
