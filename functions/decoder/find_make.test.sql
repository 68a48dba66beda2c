-- needs: fixture
begin;
select plan(6);

select is_empty(
    $$
    select t.reason, t.make, decoder.find_make(decoder.current_release_id(), t.make) as actual
    from (
        values
        ('Aster', 1, 'by its name'),
        ('aSTER', 1, 'in any case'),
        ('  bora ', 2, 'without the spaces around'),
        ('STRAßE', 3, 'of another alphabet'),
        ('2', 2, 'by its id'),
        ('3', 4, 'a make called by a number before the make of that id'),
        (null, null, 'none asked for')
    ) as t (make, expected, reason)
    where decoder.find_make(decoder.current_release_id(), t.make) is distinct from t.expected
    $$,
    'makes by name and id'
);

select throws_ok(format('select decoder.find_make(decoder.current_release_id(), %L)', t.make), 'VP404', null, t.reason)
from (
    values
    ('Nobody', 'an unknown name'), ('', 'nothing'), ('999', 'an unknown id'), ('99999999999999', 'an id beyond all'), ('As%', 'no wildcards')
) as t (make, reason);

select * from finish();
rollback;
