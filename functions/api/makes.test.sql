begin;
select plan(8);

select throws_ok('select * from api.makes()', 'VP503', null, 'nothing is published');
select throws_ok($$ select * from api.makes(2010, 'spaceship') $$, 'VP503', null, 'which is said first');

insert into etl.run (run_id, source) overriding system value values (1001, 'a'), (1002, 'b');
do $$ begin perform etl.begin_release(1001); perform etl.begin_release(1002); end; $$;
update catalog.release set is_complete = true;
insert into catalog.vehicle_type (release_id, vehicle_type_id, name)
select 1, t.*
from (
    values
    (1, 'Motorcycle'), (2, 'Passenger Car'), (3, 'Truck'), (5, 'Bus'), (6, 'Trailer'), (7, 'Multipurpose Passenger Vehicle (MPV)')
) as t;
insert into catalog.make (release_id, make_id, name)
values
    (1, 474, 'Honda'), (1, 475, 'Acura'), (1, 476, 'Éclair'), (1, 477, 'ZZ Trailers'), (1, 478, 'abc'), (1, 479, 'Unused'),
    (1, 480, 'Nobody knows'), (1, 481, 'Bus & Car'), (2, 474, 'Honda of next week');
insert into catalog.make_year (release_id, make_id, vehicle_type_id, years)
values
    (1, 474, 2, '{[1990,2010)}'), (1, 474, 1, '{[1970,3000)}'), (1, 475, 2, '{[2000,2001)}'), (1, 475, 7, '{[2005,2006)}'),
    (1, 476, 3, '{[2000,2010)}'), (1, 477, 6, '{[2000,2010)}'), (1, 478, 2, '{}'), (1, 480, null, '{[2000,2010)}'),
    (1, 481, 5, '{[2000,2001)}'), (1, 481, 2, '{[2001,2002)}'), (2, 474, 2, '{[1990,2010)}');
do $$ begin perform etl.publish(1); end; $$;

select results_eq(
    'select id, name from api.makes()',
    $$ values (475, 'Acura'), (481, 'Bus & Car'), (474, 'Honda'), (478, 'abc'), (476, 'Éclair') $$,
    'cars, MPVs, trucks and motorcycles of the published release, once each, by name in byte order'
);

select is_empty(
    $$
    select t.year, t.vehicle_type, t.reason, found.names
    from (
        values
        (2000, null, '{Acura,Honda,Éclair}', 'a year'),
        (2004, null, '{Honda,Éclair}', 'a gap in Acura''s years'),
        (2010, null, '{Honda}', 'the end of a span is not in it; motorcycles go on'),
        (1969, null, '{}', 'before all'),
        (-5, null, '{}', 'no year at all'),
        (null, 'all', '{Acura,Bus & Car,Honda,ZZ Trailers,abc,Éclair}', 'every type'),
        (null, 'trailer', '{ZZ Trailers}', 'a type by its name in any case'),
        (null, '6', '{ZZ Trailers}', 'or its id'),
        (null, ' TRUCK ', '{Éclair}', 'spaces around it mean nothing'),
        (null, 'mpv', '{Acura}', 'the short form'),
        (null, 'Multipurpose Passenger Vehicle', '{Acura}', 'the name without the short form'),
        (null, 'multipurpose passenger vehicle (mpv)', '{Acura}', 'the whole name'),
        (2000, 'passenger car', '{Acura,Honda}', 'a year of this type, not of another'),
        (2001, 'bus', '{}', 'a bus of 2000 and a car of 2001 are no bus of 2001'),
        (2010, 'all', '{Honda}', 'a year of any type')
    ) as t (year, vehicle_type, names, reason)
    cross join lateral (
        select coalesce(array_agg(m.name), '{}') as names from api.makes(t.year, t.vehicle_type) as m
    ) as found
    where found.names is distinct from t.names::text[]
    $$,
    'filters by year and vehicle type'
);

select throws_ok($$ select * from api.makes(2000, 'spaceship') $$, 'VP404', null, 'an unknown type');
select throws_ok($$ select * from api.makes(null, '') $$, 'VP404', null, 'an empty one is none');
select throws_ok($$ select * from api.makes(null, '99') $$, 'VP404', null, 'an unknown id');

do $$ begin perform etl.publish(2); end; $$;
select results_eq(
    'select id, name from api.makes()', $$ values (474, 'Honda of next week') $$, 'the next release, as soon as it is published'
);

select * from finish();
rollback;
