-- Whoever may connect may listen, so the channel carries a digest instead of the owner. Within a transaction PostgreSQL
-- sends equal notifications once, and none before the commit.
create or replace function garage.announce_change()
    returns trigger
    language plpgsql
    volatile
    set search_path = pg_catalog
as $$
begin
    perform pg_notify('mvp_main_vehicles', encode(sha256(convert_to(coalesce(new.user_id, old.user_id), 'UTF8')), 'hex'));
    return null;
end;
$$;
comment on function garage.announce_change() is
    'Trigger: notifies channel mvp_main_vehicles of the SHA-256 (hexadecimal) of the user whose list changed.';
