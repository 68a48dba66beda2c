-- Taken from recorded answers of the public API. The stored procedure of the published database ranks buses and motorcycles before the
-- interior; the public API shows them among the rest, by id.
create or replace function decoder.listing_rank(group_name text)
    returns int
    language sql
    immutable parallel safe
    return case
        when listing_rank.group_name is null then 0
        else coalesce(array_position(
            array[
                'General', 'Exterior / Body', 'Exterior / Dimension', 'Exterior / Truck', 'Exterior / Trailer', 'Exterior / Wheel tire',
                'Interior', 'Interior / Seat', 'Mechanical / Transmission', 'Mechanical / Drivetrain', 'Mechanical / Brake',
                'Mechanical / Battery', 'Mechanical / Battery / Charger', 'Engine', 'Passive Safety System',
                'Passive Safety System / Air Bag Location', 'Active Safety System'
            ],
            listing_rank.group_name
        ), 99)
    end;
comment on function decoder.listing_rank(text) is
    'Place of a group of variables in the public API''s DecodeVin; what is said about the VIN itself has no group and comes first.';
