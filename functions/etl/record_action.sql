-- The subject comes from the token, as a setting of the transaction that only the admin server makes (docs/adr/0032). Who calls
-- from psql is named by the login.
create or replace function etl.record_action(action text, reason text, detail jsonb default '{}')
    returns int
    language plpgsql
    volatile
    set search_path = pg_catalog
as $$
#variable_conflict use_column
declare
    new_action_id int;
begin
    if coalesce(record_action.reason, '') !~ '\S' then
        raise exception 'a reason is needed' using errcode = 'VP422', hint = 'It is kept with the action: see admin.action.';
    end if;
    if length(record_action.reason) > 2000 then
        raise exception 'the reason is longer than 2000 characters' using errcode = 'VP422', hint = 'Give a link to the long story.';
    end if;
    insert into etl.action (action, subject, reason, detail)
    values (record_action.action, etl.subject(), btrim(record_action.reason), coalesce(record_action.detail, '{}'))
    returning action.action_id into new_action_id;
    return new_action_id;
end;
$$;
comment on function etl.record_action(text, text, jsonb) is 'Keeps who does what and why; returns the number of the row in etl.action. VP422 without a reason.';
