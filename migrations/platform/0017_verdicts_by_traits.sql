-- What is told beside the error codes is put into words with them when a release is compiled, and found by a number instead of a
-- list. Releases compiled before have no such verdicts: until the next rebuild their VINs are decoded one by one.
set local role mvp_platform_owner;

-- With the functions that read them, which a deploy makes anew.
alter table catalog.pattern_key drop column body_class cascade, add column body_traits int;
comment on column catalog.pattern_key.body_traits is 'decoder.body_traits of the body class that it states; 0 when it states none.';

drop index catalog.verdict_codes;
truncate catalog.verdict;
alter table catalog.verdict drop column codes cascade, add column traits int not null;
comment on table catalog.verdict is 'Every combination of error codes, and of what is told beside them, that a VIN can have that nothing is wrong with.';
comment on column catalog.verdict.traits is 'decoder.verdict_traits: what it follows from.';
comment on column catalog.verdict.statements is 'The rawData objects of elements 143, 191 and 156, joined by commas; null when the source has none of them.';
-- Serves: decoder.decode_by_keys and decode_by_patterns, the verdict of a model year.
create index verdict_traits on catalog.verdict (traits);
