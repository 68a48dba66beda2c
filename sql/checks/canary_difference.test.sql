-- needs: fixture
begin;
select plan(3);

-- A second release, the same but for three things. Its partitions are copies of the first one's.
insert into etl.run (run_id, source) overriding system value values (9001, 'b');
do $$
declare
    parent text;
    columns text;
begin
    perform etl.begin_release(9001);
    for parent in select c.relname from pg_class as c where c.relnamespace = 'catalog'::regnamespace and c.relkind = 'p' loop
        select string_agg(quote_ident(a.attname), ', ') into columns
        from pg_attribute as a
        where a.attrelid = format('catalog.%I', parent)::regclass and a.attnum > 0 and a.attname <> 'release_id' and not a.attisdropped and a.attgenerated = '';
        execute format('insert into catalog.%I (release_id, %s) select 2, %s from catalog.%I where release_id = 1', parent, columns, columns, parent);
    end loop;
    update catalog.release set is_complete = true;
end;
$$;
delete from etl.canary;
insert into etl.canary (vin, vehicle_type_id, drawn_release_id)
values ('1AKA1BC20FF000001', 10, 1), ('1ALA1BC20FF000001', 13, 1);

select is_empty('select * from admin.canary_difference', 'the same data answers the same; a first release is compared with nothing');

update catalog.pattern set value = 'Omega' where release_id = 2 and pattern_id = 17301 and element_id = 28;
delete from catalog.element where release_id = 2 and element_id = 39;
delete from catalog.element where release_id = 1 and element_id = 27;
select set_eq(
    $$ select vin, vehicle_type_id, element_id, kind, answer_before, answer from admin.canary_difference where release_id = 2 and element_id <> 27 $$,
    $$
    values
        ('1AKA1BC20FF000001' collate "C", 10, 28, 'changed', array['Alpha'], array['Omega']),
        ('1AKA1BC20FF000001', 10, 39, 'lost', (select answer from etl.canary_answers(1) where vin = '1AKA1BC20FF000001' and element_id = 39), null),
        ('1ALA1BC20FF000001', 13, 39, 'lost', (select answer from etl.canary_answers(1) where vin = '1ALA1BC20FF000001' and element_id = 39), null)
    $$,
    'a value that changed, and one that is gone'
);
select set_eq(
    'select vin, kind from admin.canary_difference where release_id = 2 and element_id = 27',
    $$ values ('1AKA1BC20FF000001' collate "C", 'gained'), ('1ALA1BC20FF000001', 'gained') $$,
    'and one that came'
);

select * from finish();
rollback;
