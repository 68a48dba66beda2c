-- A number, and not the list of error codes that it stands for: a decode makes one for each model year it considers.
create or replace function decoder.verdict_traits(
    body_traits int,
    vehicle_type_id int,
    is_other_year boolean,
    is_year_ambiguous boolean,
    is_weak boolean,
    used_positions int
)
    returns int
    language sql
    immutable parallel safe
    return (
        coalesce(body_traits, 0)
        | case when vehicle_type_id = 10 then 1 << 14 else 0 end
        | case when is_other_year then 1 << 15 else 0 end
        | case when is_year_ambiguous then 1 << 16 else 0 end
        -- Bits 4-8 and 11.
        | case when is_weak then (1 << 17) | (2544 & ~used_positions) else 0 end
    );
comment on function decoder.verdict_traits(int, int, boolean, boolean, boolean, int) is
    'What decides on the error codes of a VIN that nothing is wrong with, and on what is told beside them, as a number (catalog.verdict). Bits 4-8 and 11: that position is read by no key, where error 14 is given; 12-14: decoder.body_traits, bit 14 also for the vehicle type of incomplete vehicles; 15: error 12, the caller''s model year is another; 16: the model year could be another; 17: error 14.';
