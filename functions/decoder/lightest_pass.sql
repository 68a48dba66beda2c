-- Mostly the errors decide between two years, and nothing else has to be looked at.
create or replace function decoder.lightest_pass(release_id int, passes decoder.pass[])
    returns int
    language plpgsql
    stable parallel safe
as $$
declare
    lightest int;
    errors bigint[];
    is_tied boolean := false;
begin
    if cardinality(passes) = 1 then
        return 1;
    end if;
    -- Never more than three: the caller's year and the two of the letter.
    select array[
        sum(e.weight) filter (where e.error_code = any(passes[1].codes)),
        sum(e.weight) filter (where e.error_code = any(passes[2].codes)),
        sum(e.weight) filter (where e.error_code = any(passes[3].codes))
    ]
    into errors
    from catalog.error_code as e
    where e.release_id = lightest_pass.release_id;
    for at in 1 .. cardinality(passes) loop
        if errors[at] is null then
            return null;
        elsif lightest is null or errors[at] > errors[lightest] then
            lightest := at;
            is_tied := false;
        elsif errors[at] = errors[lightest] then
            is_tied := true;
        end if;
    end loop;
    return case when not is_tied then lightest end;
end;
$$;
comment on function decoder.lightest_pass(int, decoder.pass[]) is
    'Subscript of the pass with the lightest errors; null when several have them, or an error has no weight: decoder.best_pass decides then.';
