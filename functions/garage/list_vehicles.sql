create or replace function garage.list_vehicles(user_id text)
    returns json
    language plpgsql
    volatile
    set search_path = pg_catalog
as $$
begin
    perform garage.act_for(list_vehicles.user_id);
    return (
        select coalesce(json_agg(garage.vehicle_json(v) order by v.created_at, v.vehicle_id), '[]')
        from garage.vehicles as v
        where v.user_id = list_vehicles.user_id and v.is_active
    );
end;
$$;
comment on function garage.list_vehicles(text) is 'A user''s active vehicles as a JSON array, the oldest first.';
grant execute on function garage.list_vehicles(text) to mvp_main_user;
