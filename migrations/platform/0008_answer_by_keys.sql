-- What most answers consist of, put into words when a release is compiled, so that one statement can join it for any number of
-- VINs. Releases compiled before have none of it: their VINs are decoded one by one (decoder.describe_document).
set local role mvp_platform_owner;

alter table catalog.wmi
    add column statements text, add column fields text, add column confidences text,
    add column make_statement text, add column make_field text, add column make_confidence text,
    add column exceptions text[];
comment on column catalog.wmi.statements is
    'The rawData objects of vehicle type and manufacturer in a VIN that nothing speaks against, each with a comma in front.';
comment on column catalog.wmi.fields is 'Manufacturer and vehicle type as JSON members of the decode object.';
comment on column catalog.wmi.confidences is 'Their members of fieldConfidence, each with a comma in front.';
comment on column catalog.wmi.make_statement is 'For VINs without a model: the rawData object of the sole make, with a comma in front; null when there is no such make.';
comment on column catalog.wmi.make_field is 'Likewise its JSON member of the decode object; a JSON null when there is none.';
comment on column catalog.wmi.make_confidence is 'Likewise its member of fieldConfidence.';
comment on column catalog.wmi.exceptions is 'Descriptors of catalog.vin_exception.';

alter table catalog.key_text drop column confidence, add column stated int, add column engine text,
    add column engine_confidence numeric, add column model_confidence numeric;
comment on column catalog.key_text.stated is 'How many elements it states.';
comment on column catalog.key_text.engine is 'decoder.engine_name of what the key alone states of the engine.';
comment on column catalog.key_text.engine_confidence is 'Of what it states of the engine; null when it states nothing of it.';
comment on column catalog.key_text.model_confidence is 'Of the model it states; null when it states none.';

alter table catalog.phrase
    add column data_version text, add column no_data_weight bigint, add column year_statement text, add column descriptor_statement text, add column year_confidence numeric,
    add column maker_confidence numeric, add column default_confidence numeric, add column open_year_statement text,
    add column open_year_confidence numeric, add column pattern_confidences numeric[];
comment on column catalog.phrase.no_data_weight is 'The weight of error 8: a model year without data.';
comment on column catalog.phrase.year_statement is 'The rawData object of the model year, a template of format(): the year goes in.';
comment on column catalog.phrase.open_year_statement is 'As year_statement, when the year 30 years earlier decodes alike.';
comment on column catalog.phrase.pattern_confidences is
    'Of a pattern''s value by 1 + the number of positions it rests on; 10 more when another pattern disputes it, 20 more when the model year is open.';
comment on column catalog.phrase.descriptor_statement is 'That of element 196, a template of format(): the descriptor goes in.';
comment on column catalog.phrase.year_confidence is 'Of the model year in a VIN that nothing speaks against; the next two likewise of the make of a maker, and of a default.';

create table catalog.verdict (
    release_id int not null,
    codes text collate "C" not null,
    weight bigint,
    errors text not null,
    statements text
) partition by list (release_id);
comment on table catalog.verdict is 'Every combination of error codes that a VIN can have that nothing is wrong with.';
comment on column catalog.verdict.codes is 'As element 143 lists them.';
comment on column catalog.verdict.weight is 'Sum of catalog.error_code.weight; of two model years the one with the larger sum is taken. Null when a code has none.';
comment on column catalog.verdict.errors is 'The objects of the decode object''s errors, joined by commas.';
comment on column catalog.verdict.statements is 'The rawData objects of elements 143 and 191, joined by a comma; null when the source has neither.';
-- Serves: decoder.decode_by_keys, the verdict of a model year.
create index verdict_codes on catalog.verdict (codes);

create table catalog.default_text (
    release_id int not null,
    vehicle_type_id int not null,
    elements bit(256) not null,
    statements text not null,
    fields text not null,
    confidences text not null,
    engine text,
    engine_confidence numeric,
    primary key (release_id, vehicle_type_id)
) partition by list (release_id);
comment on table catalog.default_text is 'The defaults of a vehicle type (catalog.default_value), ready to be sent where nothing states any of their elements.';
comment on column catalog.default_text.elements is 'Bit e is set when element e has a default.';
comment on column catalog.default_text.statements is 'Their rawData objects, each with a comma in front; fields and confidences likewise.';
comment on column catalog.default_text.engine is 'decoder.engine_name of what they state of the engine.';
comment on column catalog.default_text.engine_confidence is 'Of what they state of the engine; null when they state nothing of it.';

-- Partitions of the new tables for the releases that are there.
do $$
declare
    release record;
begin
    for release in select r.release_id from catalog.release as r loop
        execute format('create table catalog.verdict_r%1$s partition of catalog.verdict for values in (%1$s)', release.release_id);
        execute format('create table catalog.default_text_r%1$s partition of catalog.default_text for values in (%1$s)', release.release_id);
    end loop;
end;
$$;

-- Taking a remembered answer apart takes as long as looking it up. New partitions of the catalog get the same (etl.begin_release).
alter table catalog.memo set (toast_tuple_target = 8160);

-- Whole keys are no longer looked at VIN by VIN. The functions that take these types go before the attributes: a deploy makes
-- those anew that are still there.
do $$
declare
    routine regprocedure;
begin
    for routine in
        select p.oid::regprocedure
        from pg_catalog.pg_proc as p
        where p.pronamespace = 'decoder'::regnamespace
            and (
                array['decoder.findings'::regtype, 'decoder.description'::regtype, 'decoder.pass'::regtype]::oid[]
                    && (p.proargtypes::oid[] || p.prorettype || coalesce(p.proallargtypes, '{}'))
            )
    loop
        execute format('drop routine %s cascade', routine);
    end loop;
end;
$$;
alter type decoder.findings drop attribute text_ids, drop attribute elements;
alter type decoder.pass drop attribute text_ids, drop attribute elements;
