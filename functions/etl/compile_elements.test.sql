begin;
select plan(7);

insert into etl.run (run_id, source) overriding system value values (1001, 'a');
do $$ begin perform etl.begin_release(1001); end; $$;
insert into vpic.element (id, name, code, lookuptable, isprivate, groupname, datatype, decode, weight)
values
    (5, 'Body Class', 'BodyClass', 'BodyStyle', false, 'Exterior / Body', 'lookup', 'Pattern', 90),
    (26, 'Make', 'Make', 'Make', false, 'General', 'lookup', 'Make', 100),
    (114, 'Brake Note', 'BrakeNote', null, null, 'Mechanical / Brake', 'string', 'Pattern', null),
    (300, 'Secret', 'Secret', null, true, 'Internal', 'string', 'Pattern', 1),
    (301, 'Kept in the form only', null, null, false, null, 'string', '', 0),
    (302, 'Never decoded', null, null, false, null, 'string', null, 0);

insert into vpic.lookup (lookup_table, id, name)
values ('bodystyle', 13, 'Sedan'), ('bodystyle', 2, 'Convertible'), ('country', 6, 'USA'), ('nobodys', 1, 'Nobody asks for it');

select is(etl.compile_elements(1), 6::bigint, 'every variable is kept');

select results_eq(
    'select element_id, code, lookup_table, group_rank, weight, is_multivalued from catalog.element order by element_id',
    $$
    values
        (5, 'BodyClass', 'bodystyle', 2, 90, false),
        (26, 'Make', 'make', 1, 100, false),
        (114, 'BrakeNote', null, 13, 0, true),
        (300, 'Secret', null, 99, 1, false),
        (301, null, null, 99, 0, false),
        (302, null, null, 99, 0, false)
    $$,
    'lookup tables in lower case; groups ranked as NHTSA shows them, unknown ones last; no weight counts nothing'
);

select is_empty(
    $$
    select t.reason, e.is_emitted, e.is_pattern_value
    from (
        values
        (5, true, true, 'public and decodable'),
        (26, true, false, 'shown, but it comes from the model or the WMI, never from a pattern'),
        (114, true, true, 'not marked as private'),
        (300, false, false, 'private'),
        (301, false, true, 'an empty decode is not shown, but NHTSA lets patterns state it'),
        (302, false, false, 'no decode at all')
    ) as t (element_id, is_emitted, is_pattern_value, reason)
    inner join catalog.element as e using (element_id)
    where (e.is_emitted, e.is_pattern_value) is distinct from (t.is_emitted, t.is_pattern_value)
    $$,
    'what is part of an answer, and what a pattern may state'
);

select results_eq(
    'select count(*), min(error_code), max(error_code), sum(weight) from catalog.error_code',
    $$ values (15::bigint, 0, 400, -11825::bigint) $$,
    'a source without error codes gets our copy of the facts'
);

select is_empty(
    $$
    select t.reason, e.is_extended, e.is_flat
    from (
        values
        (5, false, true, 'public: part of every answer'),
        (300, true, true, 'private and decodable: named in extended answers, and in flat ones'),
        (301, false, false, 'no code, and no group'),
        (302, false, false, 'nothing of it')
    ) as t (element_id, is_extended, is_flat, reason)
    inner join catalog.element as e using (element_id)
    where (e.is_extended, e.is_flat) is distinct from (t.is_extended, t.is_flat)
    $$,
    'what the public API names'
);

select results_eq(
    'select lookup_table, value_id, name from catalog.lookup_value order by lookup_table, value_id',
    $$ values ('bodystyle', 2, 'Convertible'), ('bodystyle', 13, 'Sedan'), ('country', 6, 'USA') $$,
    'the values of its variables, and the countries'
);

delete from catalog.lookup_value;
delete from catalog.element;
delete from catalog.error_code;
insert into vpic.errorcode (id, name, additionalerrortext, weight) values (0, ' 0 - clean ', null, 3), (7, '7 - unknown', ' more ', null);
do $$ begin perform etl.compile_elements(1); end; $$;
select results_eq(
    'select error_code, name, additional_text, weight from catalog.error_code order by error_code',
    $$ values (0, '0 - clean', null, 3), (7, '7 - unknown', 'more', 0) $$,
    'a source that brings them wins as a whole'
);

select * from finish();
rollback;
