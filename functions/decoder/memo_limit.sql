create or replace function decoder.memo_limit()
    returns bigint
    language sql
    immutable parallel safe
    -- About a gigabyte; a fleet of a million vehicles has some 50,000 descriptors.
    return 250000;
comment on function decoder.memo_limit() is 'Rows of a release''s memo at most; what is asked for when it is full is not remembered.';
