-- Several servers share the work: rows that another one is at are skipped, and a claimed row is left alone for a minute, which is
-- many times what reading a batch takes. A worker that dies loses nothing: its rows come up again.
create or replace function garage.claim_vehicles(most int)
    returns table (vehicle_id uuid, vin text, year int)
    language sql
    volatile
begin atomic
    update garage.vehicles as v
    set read_after = now() + interval '1 minute'
    where v.vehicle_id in (
        select c.vehicle_id
        from garage.vehicles as c
        where c.is_active and not c.is_read and c.read_after <= now()
        order by c.read_after
        limit claim_vehicles.most
        for update skip locked
    )
    returning v.vehicle_id, v.vin, v.year;
end;
comment on function garage.claim_vehicles(int) is
    'Some of the vehicles whose VIN is still to be read, for the caller alone for one minute; the longest due first.';
grant execute on function garage.claim_vehicles(int) to mvp_main_worker;
