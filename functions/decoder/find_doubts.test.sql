begin;
select plan(3);

create function pg_temp.doubts(vin text, codes int[])
    returns double precision[]
    language sql
    return decoder.find_doubts(
        jsonb_populate_record(null::decoder.pass, jsonb_build_object('vin', vin, 'year', 2003, 'codes', codes)),
        jsonb_populate_record(null::catalog.segment, '{"valid_characters": ["C", "M", "8", "2", "67", null, null, "A", null, null, null]}'),
        true
    );

select is(
    (select count(distinct d) from unnest(pg_temp.doubts('1HGCM82633A004352', array[0])) as d), 1::bigint,
    'nothing speaks against the VIN: the same doubt everywhere'
);

select ok(
    (select sum(d) from unnest(pg_temp.doubts('1HGCM82633A004352', array[0])) as d)
        between 0.5 * decoder.model_constant('wrong VINs') * decoder.model_constant('undetected')
        and 2 * decoder.model_constant('wrong VINs') * decoder.model_constant('undetected'),
    'it is that of the slips that nothing detects'
);

select ok(
    (pg_temp.doubts('1HGCN82633A004352', array[1, 2]))[5] > 0.5,
    'an error code has the positions looked at: 5 holds a character that the data does not know'
);

select * from finish();
rollback;
