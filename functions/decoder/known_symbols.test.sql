begin;
select plan(2);

-- A segment of a maker whose keys know A or B in position 4, digits in 5, F in 11 and Z in 13.
select is_empty(
    $$
    select t.reason, t.vin, k.is_known
    from (
        values
        ('1AAA1BC27LF000001', true, 'known everywhere'),
        ('1AAB9XX27L', true, 'up to where the VIN ends'),
        ('1AAB9', true, 'a part of a VIN'),
        ('1AA', true, 'no character to ask about'),
        ('1AAC1BC27LF000001', false, 'position 4'),
        ('1AAAABC27LF000001', false, 'position 5'),
        ('1AAA1BC27LG000001', false, 'position 11'),
        ('1AAA1BC27LF0A0001', true, 'a small maker''s position 13 is not asked'),
        ('1AAA1!?27?F000001', true, 'anything, where nothing is known of a position'),
        ('1AA?1BC27LF000001', false, 'what is no character of a VIN')
    ) as t (vin, expected, reason)
    cross join lateral (select decoder.image_symbols(vin.key_image(t.vin)) as image) as i
    cross join lateral (
        select (decoder.known_symbols(array['AB', '0123456789X', null, null, null, null, null, 'F', null, null, null]) & i.image) = i.image as is_known
    ) as k
    where k.is_known is distinct from t.expected
    $$,
    'known characters as an accept string'
);

select is(decoder.known_symbols(array_fill(null::text, array[11])), ~ B'0'::bit(574), 'where nothing is checked anything goes');

select * from finish();
rollback;
