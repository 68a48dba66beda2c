create or replace function decoder.mark_positions(vin text, positions int[])
    returns text
    language sql
    immutable strict parallel safe
    return (
        select string_agg(case when c.ordinality = any(positions) then '!' else c.character end, '' order by c.ordinality)
        from string_to_table(vin, null) with ordinality as c (character, ordinality)
    );
comment on function decoder.mark_positions(text, int[]) is 'The VIN with ! at each of the positions.';
