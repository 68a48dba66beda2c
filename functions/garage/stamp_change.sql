create or replace function garage.stamp_change()
    returns trigger
    language plpgsql
    volatile
    set search_path = pg_catalog
as $$
begin
    new.updated_at := clock_timestamp();
    return new;
end;
$$;
comment on function garage.stamp_change() is 'Trigger: sets updated_at to the clock.';
