begin;
select plan(3);

select is_empty(
    $$
    select t.reason, t.vin, p.positions
    from (
        values
        ('1HGCM82633A004352', '{}'::int[], 'a VIN'),
        ('1HGCM82603A004352', '{}', 'a wrong check digit is no problem of this kind'),
        ('1HGCM82633A00435', '{null}', '16 characters: the whole'),
        ('1HGCM82633A0043521', '{null}', '18 characters: the whole'),
        ('', '{null}', 'nothing: the whole'),
        (null, '{null}', 'null: the whole'),
        ('IHGCM82633A004352', '{1}', 'I'),
        ('1HGCM82633O00435Q', '{11,17}', 'O and Q'),
        ('1HG*M82633A_0435,', '{4,12,17}', '* _ , are no wildcards here'),
        ('1hgCM82633A004352', '{2,3}', 'not normalized'),
        (E'1HG\tM82633A0043é2', '{4,16}', 'a tab, a letter of another alphabet'),
        ('1HG-', '{null,4}', 'both kinds')
    ) as t (vin, expected, reason)
    cross join lateral (
        select array(select q.problem_position from vin.problems(t.vin) as q order by q.problem_position nulls first) as positions
    ) as p
    where p.positions is distinct from t.expected
    $$,
    'positions that cannot be in a VIN'
);

select is(
    (select count(distinct p.reason) from vin.problems('IOQ*') as p),
    5::bigint,
    'each of I, O, Q is named, another character and the length have words of their own'
);

select is((select count(*) from vin.problems(repeat('!', 1000000))), 41::bigint, 'a megabyte names its length and its first 40 characters');

select * from finish();
rollback;
