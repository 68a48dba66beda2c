-- needs: data
begin;
select plan(2);

select is_empty('select * from admin.orphan_make_model', 'the real data has none');

insert into vpic.make (id, name) values (-1, 'a make');
insert into vpic.model (id, name) values (-1, 'a model');
insert into vpic.make_model (id, makeid, modelid) values (-1, -1, -1), (-2, -9, -1), (-3, -1, -9), (-4, -9, -9), (-5, -1, null);
select results_eq(
    'select make_model_id, reason from admin.orphan_make_model order by make_model_id desc',
    $$
    values
        (-2, 'no such make'), (-3, 'no such model'), (-4, 'no such make, no such model'), (-5, 'no such model')
    $$,
    'it sees either missing, and no pair that is whole'
);

select * from finish();
rollback;
