-- Bayes over two hypotheses. Of VINs that people type about 3 in 100 are wrong, mostly in one character. A wrong VIN passes
-- the check digit once in 11 times and a check of positions 4-8 and 11 against the data about every second time; a right
-- VIN fails the check digit when its maker does not use one (1 in 200 of those met), the data when it is incomplete (1 in 50).
create or replace function decoder.vin_confidence(codes int[])
    returns double precision
    language sql
    immutable parallel safe
    return 0.97 / (
        0.97 + 0.03
            * case when codes && array[1, 400] then (10.0 / 11) / 0.005 else (1.0 / 11) / 0.995 end
            * case when codes && array[2, 3, 4, 5] then 0.5 / 0.02 else 0.5 / 0.98 end
    );
comment on function decoder.vin_confidence(int[]) is 'Estimated probability that the VIN was typed right, from its error codes.';
