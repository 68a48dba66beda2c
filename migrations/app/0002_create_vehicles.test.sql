-- Takes each role and tries: with the policies alone, past every function.
begin;
select plan(14);

insert into garage.vehicles (user_id, vin, is_read) values ('alice', '1HGCM82633A004352', true), ('alice', '1HGCM82633A004353', false);
insert into garage.vehicles (user_id, make, model, year) values ('bob', 'Ford', 'T', 1908);

create function pg_temp.tried(statements text[]) returns table (statement text, outcome text) language plpgsql as $$
declare
    touched bigint;
begin
    foreach statement in array statements loop
        begin
            execute statement;
            get diagnostics touched = row_count;
            outcome := touched;
        exception
            when others then
                outcome := sqlstate;
        end;
        return next;
    end loop;
end;
$$;

select is_empty(
    $$
    select t.*
    from pg_temp.tried(array[
        'insert into garage.vehicles (user_id, make, model, year) values ('''', ''a'', ''b'', 2000)',
        'insert into garage.vehicles (user_id, make, model, year) values (repeat(''x'', 256), ''a'', ''b'', 2000)',
        'insert into garage.vehicles (user_id, make, model) values (''carol'', ''a'', ''b'')',
        'insert into garage.vehicles (user_id, vin) values (''carol'', ''1hgcm82633a004352'')',
        'insert into garage.vehicles (user_id, vin) values (''carol'', ''1HGCM82633A00435O'')',
        'insert into garage.vehicles (user_id, make, model, year) values (''carol'', ''a'', ''b'', 1899)',
        'insert into garage.vehicles (user_id, vin, odometer_reading) values (''carol'', ''1HGCM82633A004352'', -1)',
        'insert into garage.vehicles (user_id, vin, odometer_reading) values (''carol'', ''1HGCM82633A004352'', 10000000)',
        'insert into garage.vehicles (user_id, vin, nickname) values (''carol'', ''1HGCM82633A004352'', repeat(''x'', 201))',
        'insert into garage.vehicles (user_id, vin, color) values (''carol'', ''1HGCM82633A004352'', '''')',
        'insert into garage.vehicles (user_id, vin, is_active) values (''carol'', ''1HGCM82633A004352'', false)',
        'insert into garage.vehicles (user_id, make, model, year, is_read) values (''carol'', ''a'', ''b'', 2000, false)'
    ]) as t
    where t.outcome <> '23514'
    $$,
    'the table holds no vehicle that is none'
);
select throws_ok(
    $$ insert into garage.vehicles (user_id, vin) values ('alice', '1HGCM82633A004352') $$, '23505', null, 'a VIN once a user'
);
select lives_ok($$ insert into garage.vehicles (user_id, vin) values ('bob', '1HGCM82633A004352') $$, 'and for every user');

set local role mvp_main_owner;
select is_empty('select * from garage.vehicles', 'the owner sees nothing: the policies are forced');

set local role mvp_main_user;
select is_empty('select * from garage.vehicles', 'nobody is acted for: nothing to see');
set local "mvp_main.user_id" = '';
select is_empty('select * from garage.vehicles', 'as after a transaction, when the setting is empty');
set local "mvp_main.user_id" = 'alice';
select set_eq('select distinct user_id from garage.vehicles', array['alice'], 'a user sees the own vehicles, without any condition');
select is_empty(
    $$
    select t.*
    from pg_temp.tried(array[
        'select from garage.vehicles where user_id = ''bob''',
        'select from garage.vehicles where user_id <> ''alice'' for update',
        'update garage.vehicles set nickname = ''stolen'' where user_id = ''bob''',
        'update garage.vehicles set is_active = false, deleted_at = now() where make = ''Ford'''
    ]) as t
    where t.outcome <> '0'
    $$,
    'and finds no other''s, in no statement'
);
select is_empty(
    $$
    select t.*
    from pg_temp.tried(array[
        'insert into garage.vehicles (user_id, make, model, year) values (''bob'', ''a'', ''b'', 2000)',
        'update garage.vehicles set user_id = ''bob''', 'update garage.vehicles set vehicle_id = gen_random_uuid()',
        'update garage.vehicles set created_at = now()', 'delete from garage.vehicles', 'truncate garage.vehicles',
        'insert into garage.vehicles (user_id, vin, created_at) values (''alice'', ''1HGCM82633A004354'', now())',
        'alter table garage.vehicles disable row level security', 'drop policy of_the_user on garage.vehicles',
        'create table garage.x (i int)', 'create table public.x (i int)', 'select garage.claim_vehicles(1)'
    ]) as t
    where t.outcome <> '42501'
    $$,
    'nor gives one away, nor deletes a row, nor changes the rules'
);
select is(
    (
        select t.outcome
        from pg_temp.tried(array['update garage.vehicles set nickname = ''mine'' where user_id = ''alice''']) as t
    ),
    '2', 'the own ones it changes'
);

set local role mvp_main_worker;
select set_eq(
    'select vin from garage.vehicles', array['1HGCM82633A004352', '1HGCM82633A004353'], 'the worker sees VINs of every user'
);
select is_empty(
    $$
    select t.*
    from pg_temp.tried(array[
        'select user_id from garage.vehicles', 'select nickname from garage.vehicles', 'select license_plate from garage.vehicles',
        'select * from garage.vehicles', 'update garage.vehicles set vin = null', 'update garage.vehicles set user_id = ''x''',
        'delete from garage.vehicles', 'insert into garage.vehicles (vin) values (''1HGCM82633A004354'')',
        'select garage.list_vehicles(''alice'')', 'select garage.act_for(''alice'')', 'create table garage.x (i int)'
    ]) as t
    where t.outcome <> '42501'
    $$,
    'but not whose they are, and nothing that is not read off a VIN'
);
select results_eq(
    $$ select t.outcome from pg_temp.tried(array['update garage.vehicles set make = ''x''']) as t $$, array['1'],
    'and writes only where the VIN was not read yet'
);

reset role;
select set_eq(
    'select user_id, make from garage.vehicles where make is not null', $$ values ('alice', 'x'), ('bob', 'Ford') $$,
    'after all this: the one change that was allowed'
);

select * from finish();
rollback;
