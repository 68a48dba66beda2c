-- needs: fixture
begin;
select plan(3);

select is_empty(
    $$
    select t.reason, t.vehicle_type, decoder.find_vehicle_types(decoder.current_release_id(), t.vehicle_type) as actual
    from (
        values
        (null, array[1, 2, 3, 7], 'none asked for: car, MPV, truck, motorcycle'),
        ('all', array[1, 2, 3, 6, 7, 10, 13], 'all'),
        ('ALL ', array[1, 2, 3, 6, 7, 10, 13], 'all, in any case'),
        ('Trailer', array[6], 'by its name'),
        ('passenger car', array[2], 'in any case'),
        ('10', array[10], 'by its id'),
        ('mpv', array[7], 'by its short form'),
        ('Multipurpose Passenger Vehicle', array[7], 'without its short form'),
        ('Multipurpose Passenger Vehicle (MPV)', array[7], 'with it')
    ) as t (vehicle_type, expected, reason)
    where decoder.find_vehicle_types(decoder.current_release_id(), t.vehicle_type) is distinct from t.expected
    $$,
    'vehicle types by name, short form and id'
);

select throws_ok($$select decoder.find_vehicle_types(decoder.current_release_id(), 'spaceship')$$, 'VP404', null, 'an unknown name');
select throws_ok($$select decoder.find_vehicle_types(decoder.current_release_id(), '')$$, 'VP404', null, 'nothing');

select * from finish();
rollback;
