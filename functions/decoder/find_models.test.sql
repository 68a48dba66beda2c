-- needs: fixture
begin;
select plan(5);

select is_empty(
    $$
    select t.reason, t.make_id, t.model, decoder.find_models(decoder.current_release_id(), t.make_id, t.model) as actual
    from (
        values
        (1, 'Alpha', array[11], 'by its name'),
        (null, 'aLPHA ', array[11], 'in any case, of any make'),
        (2, 'Beta', array[12], 'of its second make'),
        (1, '12', array[12], 'by its id'),
        (1, '11', array[16], 'a model called by a number before the model of that id'),
        (3, 'Delta', array[14], 'stored with a blank behind'),
        (1, null, null, 'none asked for')
    ) as t (make_id, model, expected, reason)
    where (select array_agg(distinct m) from unnest(decoder.find_models(decoder.current_release_id(), t.make_id, t.model)) as m)
        is distinct from t.expected
    $$,
    'models by name and id'
);

select throws_ok(format('select decoder.find_models(decoder.current_release_id(), %s, %L)', t.make_id, t.model), 'VP404', null, t.reason)
from (
    values
    ('1', 'Nobody', 'an unknown name'), ('2', 'Alpha', 'a model of another make'), ('null', 'Gamma', 'a model of no make'),
    ('null', '99999999999', 'an id beyond all')
) as t (make_id, model, reason);

select * from finish();
rollback;
