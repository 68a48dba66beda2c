-- What is told beside the error codes is put into words with them when a release is compiled, and found by a number instead of a
-- list. Releases compiled before have no such verdicts: until the next rebuild their VINs are decoded one by one. The columns that
-- the decode used before stay, for the functions that are there until this deploy has loaded its own; nothing fills them any more.
set local role mvp_platform_owner;

alter table catalog.pattern_key add column body_traits int;
comment on column catalog.pattern_key.body_traits is 'decoder.body_traits of the body class that it states; 0 when it states none.';
comment on column catalog.pattern_key.body_class is 'Id of the body class (element 5) that it states. Filled in releases compiled before body_traits was there.';

alter table catalog.verdict add column traits int, alter column codes drop not null;
comment on table catalog.verdict is 'Every combination of error codes, and of what is told beside them, that a VIN can have that nothing is wrong with.';
comment on column catalog.verdict.traits is 'decoder.verdict_traits: what it follows from.';
comment on column catalog.verdict.codes is 'As element 143 lists them. Filled in releases compiled before traits was there.';
comment on column catalog.verdict.statements is 'The rawData objects of elements 143, 191 and 156, joined by commas; null when the source has none of them. Without 156 where codes is filled.';
-- Serves: decoder.decode_by_keys and decode_by_patterns, the verdict of a model year.
create index verdict_traits on catalog.verdict (traits);
