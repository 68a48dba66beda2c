-- needs: fixture
begin;
select plan(4);

delete from etl.canary;
insert into etl.canary (vin, vehicle_type_id, drawn_release_id) values ('1AKA1BC20FF000001', 10, 1), ('nonsense', 2, 1);

select results_eq(
    $$ select vehicle_type_id, variable, answer from etl.canary_answers(1) where vin = '1AKA1BC20FF000001' and element_id = 28 $$,
    $$ values (10, 'Model', array['Alpha']) $$,
    'what a release says, element by element'
);
select isnt_empty($$ select from etl.canary_answers(1) where vin = 'nonsense' and element_id = 143 $$, 'error codes are answers as well');
select is_empty('select from etl.canary_answers(1) where element_id in (142, 144, 156, 191, 196)', 'their wording is none');
select is_empty('select from etl.canary_answers(null)', 'no release says nothing');

select * from finish();
rollback;
