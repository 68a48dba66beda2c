begin;
select plan(2);

select results_eq(
    $$
    select etl.without_folders(t.text)
    from (
        values
            (1, '/srv/data/vPICList_lite_2026_03.zip'),
            (2, 'cannot open "/srv/data/a.zip": no such file (/tmp/x/y)'),
            (3, 'bundled'),
            (4, 'https://example.org/files/a.zip answers 404'),
            (5, 'rows 1/2 of a/b')
    ) as t (n, text)
    order by t.n
    $$,
    array[
        'vPICList_lite_2026_03.zip', 'cannot open "a.zip": no such file (y)', 'bundled', 'https://example.org/files/a.zip answers 404',
        'rows 1/2 of a/b'
    ],
    'absolute paths lose their folders, URLs and fractions nothing'
);
select is(etl.without_folders(null), null, 'nothing stays nothing');

select * from finish();
rollback;
