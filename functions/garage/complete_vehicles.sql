-- The VIN is compared because its owner may have changed it since the claim. What the VIN does not say stays as the owner put it.
create or replace function garage.complete_vehicles(vehicle_ids uuid[], vins text[], makes text[], models text[], years int[])
    returns int
    language plpgsql
    volatile
    set search_path = pg_catalog
as $$
declare
    completed int;
begin
    update garage.vehicles as v
    set make = coalesce(r.make, v.make), model = coalesce(r.model, v.model), year = coalesce(r.year, v.year), is_read = true
    from unnest(
        complete_vehicles.vehicle_ids, complete_vehicles.vins, complete_vehicles.makes, complete_vehicles.models,
        complete_vehicles.years
    ) as r (vehicle_id, vin, make, model, year)
    where v.vehicle_id = r.vehicle_id and v.vin = r.vin and v.is_active and not v.is_read;
    get diagnostics completed = row_count;
    return completed;
end;
$$;
comment on function garage.complete_vehicles(uuid[], text[], text[], text[], int[]) is
    'Enters what VINs say into the vehicles that waited for it, and returns how many did; one array element a vehicle, null where the VIN does not say.';
grant execute on function garage.complete_vehicles(uuid[], text[], text[], text[], int[]) to mvp_main_worker;
