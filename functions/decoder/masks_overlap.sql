-- Written out and short-circuited: the compile asks it millions of times.
create or replace function decoder.masks_overlap(a bigint[], b bigint[])
    returns boolean
    language sql
    immutable strict parallel safe
    return (
        a[1] & b[1] <> 0 and a[2] & b[2] <> 0 and a[3] & b[3] <> 0 and a[4] & b[4] <> 0 and a[5] & b[5] <> 0
        and a[7] & b[7] <> 0 and a[8] & b[8] <> 0 and a[9] & b[9] <> 0 and a[10] & b[10] <> 0 and a[11] & b[11] <> 0
        and a[12] & b[12] <> 0 and a[13] & b[13] <> 0 and a[14] & b[14] <> 0
    );
comment on function decoder.masks_overlap(bigint[], bigint[]) is 'Whether one VIN can match both keys (see decoder.key_masks).';
