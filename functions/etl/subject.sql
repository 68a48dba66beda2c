create or replace function etl.subject()
    returns text
    language sql
    stable parallel safe
    return coalesce(nullif(current_setting('mvp_platform.subject', true), ''), session_user);
comment on function etl.subject() is 'Who acts: the subject of the token that the admin server has verified, else the login.';
