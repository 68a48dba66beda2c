-- What a decode would otherwise work out each time. Releases compiled before have none of it and are decoded as before, slower:
-- every reader takes null, or a row that is not there, for "work it out".
set local role mvp_platform_owner;

alter table catalog.segment add column known_symbols bit(574);
comment on column catalog.segment.known_symbols is
    'Accept string of valid_characters: it covers the image of a VIN without unknown characters.';
-- Serves: decoder.find_segment and decoder.decode, the span of a WMI that holds a year.
create index segment_wmi_id_years on catalog.segment (wmi_id, year_from, year_to);
drop index catalog.segment_wmi_id;

alter table catalog.pattern add column source text;
comment on column catalog.pattern.source is
    'Set for what follows from a pattern: the make of its model, its displacement in another unit. Null for what it states.';
comment on column catalog.pattern.slot is
    'One row per (element, slot) survives: 0, or the pattern''s id where all values survive. -1 for a converted displacement, which gives way to a stated one.';

alter table catalog.pattern_key add column elements bit(256), add column body_class text, add column spec_model_id int,
    add column text_id int, add column is_whole boolean;
comment on column catalog.pattern_key.elements is
    'Bit e is set when the key states element e. Keys that match one VIN and have no bit in common do not compete. Null when it states nothing.';
comment on column catalog.pattern_key.body_class is 'Id of the body class (element 5) that it states.';
comment on column catalog.pattern_key.spec_model_id is 'The model that it states, when there are specifications of it.';
comment on column catalog.pattern_key.text_id is 'Its catalog.key_text; null when it states nothing or is not whole.';
comment on column catalog.pattern_key.is_whole is
    'What it states stands as it is, unless another key competes: no formula, no engine model to look up, a model of one make, no element twice.';

-- Texts of whole keys, ready to be sent: most answers are put together from two to six of them.
create table catalog.key_text (
    release_id int not null,
    text_id int not null,
    raw text,
    fields text,
    confidences text,
    displacement text,
    cylinders text,
    configuration text,
    engine_model text,
    fuel_type text,
    confidence numeric not null
) partition by list (release_id);
comment on table catalog.key_text is 'What whole keys contribute to a decode object, in a VIN that nothing speaks against. Keys of the same elements and values share one.';
comment on column catalog.key_text.raw is 'Its objects of rawData, joined by commas.';
comment on column catalog.key_text.fields is 'Its fields (decoder.field_name) as JSON members, joined by commas.';
comment on column catalog.key_text.confidences is 'Its members of fieldConfidence, joined by commas.';
comment on column catalog.key_text.displacement is 'This and the next three make the engine''s name (decoder.engine_name).';
comment on column catalog.key_text.confidence is 'Of all its values.';
-- Serves: decoder.describe_keys, the texts of the matching keys.
create index key_text_text_id on catalog.key_text (text_id);

alter table catalog.default_value add column raw text, add column fields text, add column confidences text;
comment on column catalog.default_value.raw is 'Its object of rawData in a VIN that nothing speaks against.';
comment on column catalog.default_value.fields is 'Its field (decoder.field_name) as a JSON member.';
comment on column catalog.default_value.confidences is 'Its member of fieldConfidence.';

create table catalog.phrase (
    release_id int not null,
    heads text[] not null,
    common_heads text[] not null
) partition by list (release_id);
comment on table catalog.phrase is 'One row a release: what every answer has, ready to be sent.';
comment on column catalog.phrase.heads is 'decoder.statement_heads.';
comment on column catalog.phrase.common_heads is 'Those of the elements that every answer has, see decoder.common_heads.';

-- As vin.descriptor has it, which is not there yet when a new database is migrated.
alter table catalog.vin_exception add column descriptor text collate "C" not null generated always as (
    substr(overlay(rpad(substr(vin, 1, 17), 17, '*') placing '*' from 9 for 1), 1, case when substr(vin, 3, 1) = '9' then 14 else 11 end)
) stored;
-- Serves: decoder.decode, the exceptions among the VINs of one descriptor.
create index vin_exception_descriptor on catalog.vin_exception (descriptor);

-- Remembered answers. A publish or a new year leaves them behind; they go with their release. One table for all releases: a
-- partition of the published one would first have to be found, which takes as long as the look into it.
create table catalog.memo (
    descriptor text collate "C" not null,
    model_year int not null,
    clock_year int not null,
    release_id int not null,
    data_version text not null,
    common text not null,
    -- Serves: decoder.find_document, the one answer.
    primary key (descriptor, model_year, clock_year, release_id)
);
comment on table catalog.memo is
    'What all regular VINs of one descriptor have in common: their decode object but for the VIN itself and its check digit. Only where nothing behind position 11 can matter.';
comment on column catalog.memo.model_year is 'The caller''s; 0 for none.';
comment on column catalog.memo.clock_year is 'The clock''s year: which model years are plausible depends on it.';

-- Where keys get their numbers, before what they state is known.
create unlogged table staging.pattern_key (
    key_id int not null,
    schema_id int not null,
    keys text collate "C" not null,
    symbols bit(574) not null,
    used_positions int not null,
    is_formula boolean not null
);
comment on table staging.pattern_key is 'Keys of the release that is being compiled.';

-- Partitions of the new tables for the releases that are there.
do $$
declare
    release record;
begin
    for release in select r.release_id from catalog.release as r loop
        execute format('create table catalog.key_text_r%1$s partition of catalog.key_text for values in (%1$s)', release.release_id);
        execute format('create table catalog.phrase_r%1$s partition of catalog.phrase for values in (%1$s)', release.release_id);
    end loop;
end;
$$;

create type decoder.findings as (
    items decoder.item[],
    text_ids int[],
    has_pattern boolean,
    has_model boolean,
    body_class text,
    used_positions int,
    elements bit(256)
);
comment on type decoder.findings is 'What one model year finds, with what the checks of the VIN ask of it.';
comment on column decoder.findings.items is 'The values; null when the texts of text_ids say all there is to know.';
comment on column decoder.findings.text_ids is 'Texts of the matching keys, when each is whole and none competes with another.';
comment on column decoder.findings.elements is 'Of text_ids: bit e is set when a key states element e.';
comment on column decoder.findings.has_pattern is 'Some value rests on a pattern.';
comment on column decoder.findings.body_class is 'Id of the body class (element 5).';
comment on column decoder.findings.used_positions is 'Bit p is set when some value rests on VIN position p.';

alter type decoder.pass
    add attribute text_ids int[], add attribute vehicle_type_id int, add attribute body_class text,
    add attribute elements bit(256), add attribute is_common boolean;
comment on column decoder.pass.text_ids is 'Instead of items: the texts that say all there is to know.';
comment on column decoder.pass.vehicle_type_id is 'The WMI''s; null when the WMI is unknown.';
comment on column decoder.pass.body_class is 'Id of the body class (element 5).';
comment on column decoder.pass.elements is 'Of text_ids: bit e is set when a key states element e.';
comment on column decoder.pass.is_common is 'Every regular VIN of the same descriptor decodes alike.';

create type decoder.description as (
    raw text,
    fields text,
    confidences text,
    elements bit(256),
    displacement text,
    cylinders text,
    configuration text,
    engine_model text,
    fuel_type text,
    engine_confidence numeric,
    confidence numeric
);
comment on type decoder.description is 'The parts of a decode object that describe the vehicle; lists are joined by commas.';
comment on column decoder.description.raw is 'The objects of rawData; those about the VIN itself are not among them.';
comment on column decoder.description.fields is 'The fields (decoder.field_name) with a value, as JSON members.';
comment on column decoder.description.confidences is 'Members of fieldConfidence, but for the engine.';
comment on column decoder.description.elements is 'Bit e is set when element e has a value.';
comment on column decoder.description.displacement is 'This and the next three make the engine''s name (decoder.engine_name).';
comment on column decoder.description.engine_confidence is 'That of the engine''s weakest part.';
comment on column decoder.description.confidence is 'That of the weakest of make, model and year.';
