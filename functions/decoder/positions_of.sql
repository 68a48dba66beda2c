create or replace function decoder.positions_of(used_positions int)
    returns int[]
    language sql
    immutable strict parallel safe
    return array(select p from generate_series(1, 17) as p where used_positions & (1 << p) <> 0 order by p);
comment on function decoder.positions_of(int) is 'The positions of a bit set (bit p for VIN position p) as a list.';
