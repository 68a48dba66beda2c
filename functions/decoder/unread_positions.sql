-- Stable, because concat_ws is: called immutable it would not be inlined, and be planned at every call.
create or replace function decoder.unread_positions(used int)
    returns text
    language sql
    stable parallel safe
    return nullif(
        concat_ws(
            ',',
            case when used & 16 = 0 then '4' end, case when used & 32 = 0 then '5' end, case when used & 64 = 0 then '6' end,
            case when used & 128 = 0 then '7' end, case when used & 256 = 0 then '8' end, case when used & 2048 = 0 then '11' end
        ),
        ''
    );
comment on function decoder.unread_positions(int) is
    'Of positions 4-8 and 11 those that no key reads, comma separated; null when all are read. used: bit p for VIN position p. For VINs of plain characters, see decoder.unused_positions.';
