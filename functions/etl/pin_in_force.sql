create or replace function etl.pin_in_force()
    returns etl.pin
    language sql
    stable parallel safe
    return (select p from etl.pin as p where p.ended_at is null and p.expires_at > statement_timestamp());
comment on function etl.pin_in_force() is 'The pin that keeps the current release from being replaced; null when there is none.';
