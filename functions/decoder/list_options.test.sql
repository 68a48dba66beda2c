-- needs: fixture
begin;
select plan(3);

select is_empty(
    $$
    select t.reason, o.names
    from (
        values
        ('trim', null, null, null, 'Plain,Sport', 'every known trim'),
        ('engine', null, null, null, '2.0L I4', 'every known engine'),
        ('transmission', null, null, null, 'Automatic,Manual/Standard', 'every known transmission'),
        ('trim', 2020, 'Aster', 'Epsilon', 'Plain,Sport', 'of a model and year'),
        ('trim', 2020, 'aster', 'alpha', 'Sport', 'only what a key of the model fits'),
        ('transmission', 2020, '1', '15', 'Automatic,Manual/Standard', 'by ids'),
        ('engine', 2020, 'Aster', 'Alpha', null, 'none of this model'),
        ('trim', 2009, 'Aster', 'Epsilon', null, 'none of this year'),
        ('trim', 2020, 'Bora', null, null, 'none of this make'),
        ('trim', null, null, 'Alpha', 'Sport', 'a model alone'),
        ('trim', 2020, null, null, 'Plain,Sport', 'a year alone'),
        ('spoiler', null, null, null, null, 'an unknown kind')
    ) as t (kind, model_year, make, model, expected, reason)
    cross join lateral (
        select string_agg(o.name, ',' order by o.ordinality) as names
        from decoder.list_options(decoder.current_release_id(), t.kind, t.model_year, t.make, t.model)
            with ordinality as o (id, name, ordinality)
    ) as o
    where o.names is distinct from t.expected
    $$,
    'options, sorted by name'
);

select throws_ok($$select * from decoder.list_options(decoder.current_release_id(), 'trim', 2020, 'Nobody', null)$$, 'VP404', null, 'an unknown make');
select throws_ok($$select * from decoder.list_options(decoder.current_release_id(), 'trim', 2020, 'Aster', 'Delta')$$, 'VP404', null, 'a model of another make');

select * from finish();
rollback;
